// Signing in across two sites, and what it leaves in the browser.
import { expect, test } from '../fixtures.ts';
import { heading, openFolder, openOrganization } from '../support/console.ts';
import { be, chooseInAccountMenu, expectSignedIn, leaveForProvider, OWNER, signIn, STRANGER, VIEWER } from '../support/people.ts';

test('the sign-in page names this server and the provider with its host', async ({ page, server }) => {
  await page.goto('/login');
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByRole('main')).toContainText(new URL(server.url).host);
  await expect(page.getByRole('main')).toContainText(new URL(server.provider).host);
  await expect(page.getByRole('main')).toContainText('development server');
  await expect(page).toHaveTitle(/Sign in · Bailiwick/);
});

test('a person of the list signs in by one press', async ({ page }) => {
  await page.goto('/login');
  await leaveForProvider(page);
  await page.getByRole('button', { name: OWNER }).click();
  await expectSignedIn(page, OWNER);
  await expect(heading(page, 'Organizations')).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('whoever is not signed in is sent to sign in and comes back to where they wanted', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await openFolder(page, 'staging');
  const link = page.url();

  const other = await (await newBrowser()).newPage();
  await signIn(other, VIEWER, link);
  await expect(other).toHaveURL(link);
  await expect(heading(other, 'staging')).toBeVisible();
});

test('Back from the signed-in page does not run the callback again', async ({ page }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await page.goBack();
  await expect(heading(page, 'Organizations')).toBeVisible();
  await expectSignedIn(page, OWNER);
});

test('an address that cannot be one is refused at its field, by the provider', async ({ page, announced }) => {
  announced.status(422);
  await page.goto('/login');
  await leaveForProvider(page);
  await be(page, 'nobody');
  const field = page.getByLabel('Anyone else');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/\S/);
  await expect(field).toHaveValue('nobody');
  await be(page, OWNER);
  await expectSignedIn(page, OWNER);
});

test('the session is a cookie that no script can read', async ({ page, context }) => {
  await signIn(page, OWNER);
  const cookies = await context.cookies();
  const session = cookies.find(({ name }) => name === '__Host-bailiwick');
  expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/', domain: 'localhost' });
  expect(session!.value).toHaveLength(43);
  for (const { httpOnly, secure, name } of cookies.filter(({ domain }) => domain === 'localhost')) {
    expect({ name, httpOnly, secure }).toEqual({ name, httpOnly: true, secure: true });
  }
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('nothing secret stays in the storage of the browser', async ({ page, server }) => {
  await signIn(page, OWNER);
  const stored = await page.evaluate(() => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
  }));
  // Whose the kept places are: the id of an identity, which opens nothing.
  const who = expect.stringMatching(/^[0-9a-f]{40}$/);
  expect(stored).toEqual({ local: { 'bailiwick.last-provider': 'dev', 'bailiwick.who': who }, session: {} });
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  // Nor in the address bar.
  expect(page.url()).toBe(`${server.url}/`);
});

test('a sign-in under way keeps only its own entry, which the callback takes out', async ({ page, context, server }) => {
  await page.goto('/login');
  await leaveForProvider(page);
  const pending = async () => {
    const { origins } = await context.storageState();
    const ours = origins.find(({ origin }) => origin === server.url);
    return (ours?.localStorage ?? []).map(({ name }) => name).filter((name) => name.startsWith('bailiwick.signin.'));
  };
  expect(await pending()).toHaveLength(1);
  await be(page, OWNER);
  await expectSignedIn(page, OWNER);
  expect(await pending()).toEqual([]);
});

test('two sign-ins at once in one browser both come back', async ({ page, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto('/login');
    await leaveForProvider(tab);
  }
  await be(page, OWNER);
  await expectSignedIn(page, OWNER);
  await be(other, OWNER);
  await expectSignedIn(other, OWNER);
});

test('Switch account ends the session and leads to another person', async ({ page }) => {
  await signIn(page, OWNER);
  await chooseInAccountMenu(page, OWNER, 'Switch account');
  await expect(heading(page, 'Sign in')).toBeVisible();
  await leaveForProvider(page);
  await be(page, STRANGER);
  await expectSignedIn(page, STRANGER);
});

test('whoever is signed in has no business at the sign-in page', async ({ page }) => {
  await signIn(page, OWNER);
  await page.goto('/login');
  await expect(heading(page, 'Organizations')).toBeVisible();
});
