// What goes wrong is said in words, with a way on; the page is never blank.
import { expect, test } from '../fixtures.ts';
import { heading, main, openDialog, openOrganization, tree } from '../support/console.ts';
import { expectSignedIn, OWNER, signIn } from '../support/people.ts';

const BUSY = 'The server answered that its database is busy. Nothing was changed.';

/** The body of an error, as the server writes it. */
const failure = (message: string) => ({
  status: 503,
  contentType: 'application/json',
  body: JSON.stringify({
    code: 14,
    message,
    details: [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'UNAVAILABLE', domain: 'bailiwick' },
      { '@type': 'type.googleapis.com/google.rpc.RequestInfo', requestId: '0123456789abcdef' },
    ],
  }),
});

test('an unknown path says so, signed out and signed in', async ({ page }) => {
  await page.goto('/no/such/page');
  await expect(heading(page, 'No such page')).toBeVisible();
  await signIn(page, OWNER);
  for (const path of ['/no/such/page', '/orgs', '/orgs/example', '/orgs/0123']) {
    await page.goto(path);
    await expect(heading(page, 'No such page')).toBeVisible();
    await expectSignedIn(page, OWNER);
  }
  await page.getByRole('link', { name: 'Go to your organizations' }).click();
  await expect(heading(page, 'Organizations')).toBeVisible();
});

test('an unknown file or API path is an error, not a page', async ({ page, announced }) => {
  announced.status(404);
  for (const path of ['/nothing.js', '/iam/v2/nothing', '/oauth/nothing', '/auth/v1/nothing']) {
    const answer = await page.goto(path);
    expect(answer!.status()).toBe(404);
    expect(answer!.headers()['content-type']).toContain('application/json');
  }
});

test('a server that is gone is said, nothing is lost, and Try again works once it is back', async ({ page, server, announced }) => {
  announced.unreachable();
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  const dialog = await openDialog(page, 'New folder', 'New folder in example');
  await dialog.getByLabel('Name').fill('patience');
  await server.stop();
  await dialog.getByRole('button', { name: 'Create folder' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The server did not answer.');
  await expect(dialog.getByLabel('Name')).toHaveValue('patience');
  await server.start();
  await dialog.getByRole('button', { name: 'Create folder' }).click();
  await expect(heading(page, 'patience')).toBeVisible();
});

test('a folder that does not arrive is asked for again', async ({ page, server, announced }) => {
  announced.unreachable();
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await server.stop();
  await tree(page, 'example').getByRole('link', { name: 'prod' }).click();
  await expect(main(page).getByText('The server did not answer.')).toBeVisible();
  await server.start();
  await main(page).getByRole('button', { name: 'Try again' }).click();
  await expect(heading(page, 'prod')).toBeVisible();
});

test('a list that fails shows the words of the server and the request id', async ({ page, announced }) => {
  announced.status(503);
  await signIn(page, OWNER);
  await page.route('**/iam/v2/groups?*', (route) => route.fulfill(failure(BUSY)));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your organizations did not arrive' })).toBeVisible();
  await expect(main(page)).toContainText(BUSY);
  await expect(main(page)).toContainText('0123456789abcdef');
  await page.unroute('**/iam/v2/groups?*');
  await main(page).getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('link', { name: 'example' })).toBeVisible();
});

test('children that fail to load are a row that tries again', async ({ page, announced }) => {
  announced.status(503);
  await signIn(page, OWNER);
  await page.route('**/iam/v2/groups?*', (route) => route.fulfill(failure(BUSY)));
  const link = page.getByRole('link', { name: 'example' });
  await link.click();
  const again = tree(page, 'example').getByRole('row', { name: 'Did not arrive. Try again' });
  await expect(again).toBeVisible();
  await page.unroute('**/iam/v2/groups?*');
  await again.click();
  await expect(page.getByRole('rowheader', { name: 'staging' })).toBeVisible();
});

test('a console that cannot ask who is signed in says so and tries again', async ({ page, announced }) => {
  announced.status(503);
  await page.route('**/auth/session', (route) => route.fulfill(failure(BUSY)));
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'The console could not begin' })).toBeVisible();
  await expect(page.getByText(BUSY)).toBeVisible();
  await page.unroute('**/auth/session');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
});

test('providers that do not arrive are asked for again', async ({ page, announced }) => {
  announced.status(503);
  await page.route('**/auth/providers', (route) => route.fulfill(failure(BUSY)));
  await page.goto('/login');
  await expect(page.getByRole('heading', { name: 'The providers did not arrive' })).toBeVisible();
  await page.unroute('**/auth/providers');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Development sign-in' })).toBeVisible();
});

test('an answer that is no JSON is no crash', async ({ page }) => {
  await signIn(page, OWNER);
  await page.route('**/iam/v2/groups?*', (route) => route.fulfill({ status: 200, body: '<html>a proxy' }));
  await page.reload();
  await expect(main(page)).toContainText('does not understand');
  await expect(main(page).getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('a proxy that finds no server is said as that', async ({ page, announced }) => {
  announced.status(502);
  await signIn(page, OWNER);
  await page.route('**/iam/v2/groups?*', (route) => route.fulfill({ status: 502, body: '<html>bad gateway' }));
  await page.reload();
  await expect(main(page)).toContainText('The server is not available now (502).');
  await expect(main(page).getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('without script the page says what it needs', async ({ newBrowser, announced }) => {
  announced.message(/preloaded using link preload but not used/);
  const page = await (await newBrowser({ javaScriptEnabled: false })).newPage();
  for (const path of ['/', '/login']) {
    await page.goto(path);
    await expect(heading(page, 'Bailiwick needs JavaScript')).toBeVisible();
    await expect(page.getByText('Loading…')).toBeHidden();
  }
});

test('code that does not arrive is said, with a reload that helps', async ({ page, announced }) => {
  announced.unreachable();
  announced.message(/Bailiwick could not load|preload/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('/login');
  await expect(heading(page, 'Bailiwick could not load')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Nothing was changed.');
  await page.unroute('**/*.wasm');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
});

test('the page shows something before its code has come', async ({ page }) => {
  let letGo = () => {};
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/login', { waitUntil: 'commit' });
  await expect(page.getByText('Loading…')).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('Bailiwick');
  letGo();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByText('Loading…')).toHaveCount(0);
});
