// /activate: signing in a device that has no browser.
import { expect, test } from '../fixtures.ts';
import { poll, startDevice, whoIs } from '../support/clients.ts';
import { heading } from '../support/console.ts';
import { be, EDITOR, leaveForProvider, OWNER, signIn, VIEWER } from '../support/people.ts';
import { AGAIN, openSecondTab, signInThere, STEP_UP, wanted } from '../support/second-tab.ts';

const CODE = /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/;

test('a code is typed, looked at and approved, and the device acts as that person', async ({ page, server }) => {
  const device = await startDevice(server);
  expect(device.user_code).toMatch(CODE);
  await signIn(page, OWNER);
  await page.goto('/activate');
  await page.getByLabel('Code').fill(device.user_code.toLowerCase().replace('-', ' '));
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Does your terminal show this code?')).toBeVisible();
  const main = page.getByRole('main');
  await expect(main).toContainText(device.user_code);
  await expect(main).toContainText('Bailiwick command line');
  await expect(main).toContainText('build-07.example.com');
  await expect(main).toContainText('not verified');
  await expect(main).toContainText('127.0.0.1');
  await expect(main).toContainText(OWNER);
  await expect(main).not.toContainText('Another network');
  expect((await poll(server, device)).error).toBe('authorization_pending');
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(heading(page, 'Your terminal is signed in')).toBeVisible();
});

test('what was approved is delivered once', async ({ page, server }) => {
  const device = await startDevice(server);
  await signIn(page, EDITOR);
  await page.goto('/activate');
  await page.getByLabel('Code').fill(`The code is ${device.user_code}.`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(heading(page, 'Your terminal is signed in')).toBeVisible();
  const answers = await Promise.all([poll(server, device), poll(server, device), poll(server, device)]);
  const tokens = answers.filter((answer) => answer.access_token !== undefined);
  expect(tokens).toHaveLength(1);
  expect(await whoIs(server, tokens[0]!.access_token)).toBe(EDITOR);
});

test('a link fills the field and never sends it, signed in or not', async ({ page, server }) => {
  const device = await startDevice(server);
  await page.goto(device.verification_uri_complete);
  await leaveForProvider(page);
  await be(page, OWNER);
  await expect(page.getByLabel('Code')).toHaveValue(device.user_code);
  await expect(heading(page, 'Enter your terminal’s code')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Code')).toHaveValue(device.user_code);
  expect((await poll(server, device)).error).toBe('authorization_pending');
});

test('Deny has the focus, and gives the device nothing', async ({ page, server }) => {
  const device = await startDevice(server);
  await signIn(page, OWNER);
  await page.goto(device.verification_uri_complete);
  await page.getByRole('button', { name: 'Continue' }).click();
  const deny = page.getByRole('button', { name: 'Deny' });
  await expect(deny).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'You denied it')).toBeVisible();
  expect((await poll(server, device)).error).toBe('access_denied');
});

test('what cannot be a code is said beside the field without asking the server', async ({ page }) => {
  await signIn(page, OWNER);
  await page.goto('/activate');
  let asked = 0;
  page.on('request', (request) => (asked += request.url().includes('/auth/device') ? 1 : 0));
  const field = page.getByLabel('Code');
  for (const [typed, words] of [
    ['', 'Put in the code'],
    ['BCDA-GHJK', 'no code in this'],
    ['BCDF-GHJ', 'no code in this'],
    ['BCDF-GHJK or LMNP-QRST', 'no code in this'],
  ] as const) {
    await field.fill(typed);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText(words)).toBeVisible();
    await expect(field).toBeFocused();
  }
  expect(asked).toBe(0);
});

test('unknown, used and somebody else’s codes look the same', async ({ page, newBrowser, server, announced }) => {
  announced.status(404);
  const [used, others] = [await startDevice(server), await startDevice(server)];
  const other = await (await newBrowser()).newPage();
  await signIn(other, VIEWER);
  await other.goto(others.verification_uri_complete);
  await other.getByRole('button', { name: 'Continue' }).click();
  await expect(other.getByRole('button', { name: 'Approve' })).toBeVisible();

  await signIn(page, OWNER);
  await page.goto(used.verification_uri_complete);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(heading(page, 'You denied it')).toBeVisible();

  const said: (string | null)[] = [];
  for (const code of ['BCDF-GHJK', used.user_code, others.user_code]) {
    await page.goto('/activate');
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    const words = page.getByText(/^This code is unknown/);
    await expect(words).toBeVisible();
    said.push(await words.textContent());
  }
  expect(new Set(said).size).toBe(1);
  await other.getByRole('button', { name: 'Approve' }).click();
  await expect(heading(other, 'Your terminal is signed in')).toBeVisible();
});

test('six wrong codes are five too many', async ({ page, server, announced }) => {
  announced.status(404, 429);
  const device = await startDevice(server);
  await signIn(page, OWNER);
  await page.goto('/activate');
  for (const code of ['BCDF-GHJB', 'BCDF-GHJC', 'BCDF-GHJD', 'BCDF-GHJF', 'BCDF-GHJG']) {
    await page.getByLabel('Code').fill(code);
    const answered = page.waitForResponse(/device:inspect/);
    await page.getByRole('button', { name: 'Continue' }).click();
    expect((await answered).status()).toBe(404);
  }
  await page.getByLabel('Code').fill(device.user_code);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toContainText(/Too many/i);
});

test('a sign-in that is too old has to be proved again, and the code is still there', async ({ page, server, announced }) => {
  announced.status(403);
  const device = await startDevice(server);
  await signIn(page, OWNER);
  await page.goto(device.verification_uri_complete);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.route('**/auth/device:approve', (route) => route.fulfill(STEP_UP));
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(wanted(page, AGAIN)).toBeVisible();
  await page.unrouteAll();
  const tab = await openSecondTab(page, AGAIN);
  const left = tab.waitForRequest(/\/oauth\/authorize/);
  await signInThere(tab, OWNER);
  expect((await left).url()).toContain('prompt=login');
  await expect(wanted(page, AGAIN)).toBeHidden();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(heading(page, 'Your terminal is signed in')).toBeVisible();
});

test('switching the account comes back to the code', async ({ page, server }) => {
  const device = await startDevice(server);
  await signIn(page, OWNER);
  await page.goto(device.verification_uri_complete);
  await page.getByRole('button', { name: 'Switch account' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await leaveForProvider(page);
  await be(page, VIEWER);
  await expect(page.getByRole('banner')).toContainText(VIEWER);
  await expect(page.getByLabel('Code')).toHaveValue(device.user_code);
});

test('the server that does not answer says so, and the code stays', async ({ page, server, announced }) => {
  announced.unreachable();
  const device = await startDevice(server);
  await signIn(page, OWNER);
  await page.goto(device.verification_uri_complete);
  await page.route('**/auth/device:inspect', (route) => route.abort());
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toContainText('The server did not answer');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();
});
