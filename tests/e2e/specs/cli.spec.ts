// The command line and the browser together, as a person uses both.
import { expect, test } from '../fixtures.ts';
import { Machine } from '../support/cli.ts';
import { heading } from '../support/console.ts';
import { be, EDITOR, leaveForProvider, OWNER, signIn } from '../support/people.ts';

test.describe('on a machine without a browser', () => {
  test.use({ viewport: { width: 375, height: 812 } });

  test('a code typed on a phone-sized page signs the terminal in, and it lists organizations', async ({ page, server }) => {
    const machine = new Machine(server);
    const login = machine.start('auth', 'login', '--headless');
    const [code] = await login.says(/[B-Z]{4}-[B-Z]{4}/);
    await login.says(new RegExp(`${server.url}/activate`));

    await page.goto('/activate');
    await leaveForProvider(page);
    await be(page, OWNER);
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText(code)).toBeVisible();
    await page.getByRole('button', { name: 'Approve' }).click();
    await expect(heading(page, 'Your terminal is signed in')).toBeVisible();

    const done = await login.ended;
    expect(done.stderr).toContain(OWNER);
    expect(done.code).toBe(0);
    const list = await machine.run('iam', 'organizations', 'list', '-o', 'table');
    expect(list.code).toBe(0);
    expect(list.stdout).toContain('example');

    // What the page ends is refused at the next command.
    await page.getByRole('link', { name: 'See what is signed in' }).click();
    await page.getByRole('button', { name: 'End' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await expect(page.getByText('Nothing else is signed in as you')).toBeVisible();
    const refused = await machine.run('iam', 'organizations', 'list');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('auth login');
    machine.dispose();
  });

  test('a denied code ends the command with its own words', async ({ page, server }) => {
    const machine = new Machine(server);
    const login = machine.start('auth', 'login', '--headless');
    const [code] = await login.says(/[B-Z]{4}-[B-Z]{4}/);
    await page.goto(`/activate?user_code=${code}`);
    await leaveForProvider(page);
    await be(page, OWNER);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Deny' }).click();
    const done = await login.ended;
    expect(done.code).toBe(1);
    expect(done.stderr).toMatch(/error: .*denied/i);
    machine.dispose();
  });
});

test('with a browser on the same machine the page comes back to the command', async ({ page, server, announced }) => {
  const machine = new Machine(server);
  const login = machine.start('auth', 'login');
  const [url] = await login.says(/http:\/\/localhost:\d+\/oauth\/authorize\S+/);
  announced.destination(new URL(new URL(url).searchParams.get('redirect_uri')!).origin);
  await page.goto(url);
  await leaveForProvider(page);
  await be(page, EDITOR);
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByText(/close this (window|page)/i)).toBeVisible();
  const done = await login.ended;
  expect(done.stderr).toContain(EDITOR);
  expect(done.code).toBe(0);
  const status = await machine.run('auth', 'status');
  expect(status.stdout).toContain(EDITOR);
  expect((await machine.run('auth', 'logout')).code).toBe(0);
  expect((await machine.run('auth', 'status')).code).toBe(1);
  machine.dispose();
});

test('an organization that switched device sign-in off gives a device nothing', async ({ page, server }) => {
  const machine = new Machine(server);
  const login = machine.start('auth', 'login', '--headless');
  const [code] = await login.says(/[B-Z]{4}-[B-Z]{4}/);
  await signIn(page, OWNER);
  await page.getByRole('table').getByRole('link', { name: 'example', exact: true }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Switch off for devices' }).click();
  await expect(page.getByRole('button', { name: 'Switch on for devices' })).toBeVisible();
  await page.goto(`/activate?user_code=${code}`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  expect((await login.ended).code).toBe(0);
  const list = await machine.run('iam', 'organizations', 'list', '-o', 'json');
  expect(list.code).toBe(0);
  expect(list.stdout).not.toContain('example');
  machine.dispose();
});
