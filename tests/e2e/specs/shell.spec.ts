// The frame round the pages: ways to go by mouse and by keyboard, and the lines across the page.
import { expect, test } from '../fixtures.ts';
import { createFolder, heading, main, openFolder, openOrganization, tree } from '../support/console.ts';
import { answerSearch } from '../support/mocks.ts';
import { OWNER, signIn, VIEWER } from '../support/people.ts';

test.beforeEach(async ({ page }) => {
  await signIn(page, OWNER);
});

test('the palette opens by Ctrl K, goes to a page, and gives the focus back on Esc', async ({ page }) => {
  await openOrganization(page, 'example');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search' });
  const field = palette.getByRole('combobox');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await field.fill('organizations');
  await expect(palette.getByRole('option').first()).toHaveAccessibleName(/Organizations/);
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(heading(page, 'Organizations')).toBeVisible();
});

test('the palette does what one may do here', async ({ page, newBrowser }) => {
  await openOrganization(page, 'example');
  await openFolder(page, 'dev');
  await page.getByRole('button', { name: /^Search/ }).click();
  await page.getByRole('combobox', { name: /^Search/ }).fill('new folder');
  await page.getByRole('option', { name: 'New folder in dev' }).click();
  await expect(page.getByRole('dialog', { name: 'New folder in dev' }).getByLabel('Name')).toBeFocused();

  const other = await (await newBrowser()).newPage();
  await signIn(other, VIEWER);
  await openOrganization(other, 'example');
  await other.keyboard.press('Control+k');
  await expect(other.getByRole('option', { name: /^Organizations/ })).toBeVisible();
  await expect(other.getByRole('option', { name: /^New folder/ })).toHaveCount(0);
});

test('the palette finds folders that the server knows', async ({ page }) => {
  await answerSearch(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Search/ }).fill('pay');
  await expect(page.getByRole('option', { name: /payments.*example \/ dev/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /payments.*example \/ prod/ })).toBeVisible();
});

test('two letters go to a page, and are letters where one writes', async ({ page }) => {
  await openOrganization(page, 'example');
  await openFolder(page, 'dev');
  await main(page).getByRole('button', { name: 'New folder', exact: true }).focus();
  await page.keyboard.type('gs');
  await expect(page).toHaveURL(/\/settings$/);
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('dev');
  await page.getByRole('textbox', { name: 'Description' }).focus();
  await page.keyboard.type('go');
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('go');
  await page.getByRole('button', { name: 'Undo changes' }).click();
  await heading(page, 'dev').focus();
  await page.keyboard.type('gf');
  await expect(heading(page, 'example')).toBeVisible();
  await heading(page, 'example').focus();
  await page.keyboard.type('go');
  await expect(heading(page, 'Organizations')).toBeVisible();
  await page.keyboard.type('/');
  await expect(page.getByRole('searchbox', { name: 'Find an organization' })).toBeFocused();
});

test('? lists the keys', async ({ page }) => {
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog).toContainText('Go to the organizations');
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
});

test('every step of the breadcrumb opens what lies beside it', async ({ page }) => {
  await openOrganization(page, 'example');
  await openFolder(page, 'dev');
  await createFolder(page, 'payments');
  await page.getByRole('button', { name: 'Other folders beside dev' }).click();
  await expect(page.getByRole('combobox', { name: 'Find a folder beside' })).toBeFocused();
  const options = page.getByRole('option');
  await expect(options).toHaveText(['dev', 'prod', 'staging']);
  await expect(page.getByRole('option', { name: 'dev' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'prod')).toBeVisible();

  await page.getByRole('button', { name: 'Switch organization' }).click();
  await page.getByRole('option', { name: 'example' }).click();
  await expect(heading(page, 'example')).toBeVisible();
});

test('of a long way the middle is a list', async ({ page }) => {
  await openOrganization(page, 'example');
  await openFolder(page, 'dev');
  for (const name of ['two', 'three', 'four']) {
    await createFolder(page, name);
  }
  const way = page.getByRole('navigation', { name: 'Where you are' });
  await expect(way.locator('.ui-crumb-link')).toHaveText(['example', 'three', 'four']);
  await way.getByRole('button', { name: 'Folders between' }).click();
  await expect(page.getByRole('option')).toHaveText(['dev', 'two']);
  await page.getByRole('option', { name: 'dev' }).click();
  await expect(heading(page, 'dev')).toBeVisible();
});

test('a folder that is gone still says where one is', async ({ page, announced }) => {
  announced.status(404);
  await openOrganization(page, 'example');
  await page.goto(`${page.url()}/0123456789abcdef`);
  await expect(heading(page, 'No such folder, or not for you')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('Not found');
});

test('without a network a line says so, what was seen stays, and it goes when the network is back', async ({ page, context, announced }) => {
  announced.unreachable();
  await openOrganization(page, 'example');
  await context.setOffline(true);
  const line = page.getByText('You are offline.');
  await expect(line).toBeVisible();
  await expect(heading(page, 'example')).toBeVisible();
  await expect(tree(page, 'example')).toBeVisible();
  await context.setOffline(false);
  await expect(line).toHaveCount(0);
});

test('a server that is gone is a line, too', async ({ page, server, announced }) => {
  announced.unreachable();
  await openOrganization(page, 'example');
  await server.stop();
  await page.getByRole('treegrid').getByRole('link', { name: 'prod' }).click();
  const line = page.getByText('The server does not answer.');
  await expect(line).toBeVisible();
  await server.start();
  await main(page).getByRole('button', { name: 'Try again' }).click();
  await expect(heading(page, 'prod')).toBeVisible();
  await expect(line).toHaveCount(0);
});

test('an open page learns of a newer server and offers to reload', async ({ page }) => {
  await page.clock.install();
  await page.reload();
  await expect(heading(page, 'Organizations')).toBeVisible();
  await page.route('**/auth/session', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json()), serverVersion: '99.0.0' } });
  });
  await page.clock.fastForward(301_000);
  await expect(page.getByText('Bailiwick was updated to 99.0.0')).toBeVisible();
  await page.unroute('**/auth/session');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(heading(page, 'Organizations')).toBeVisible();
  await expect(page.getByText('Bailiwick was updated')).toHaveCount(0);
});

test('what a link leads to is here before it is followed', async ({ page }) => {
  await openOrganization(page, 'example');
  const asked = page.waitForRequest(/\/iam\/v2\/groups\/[0-9a-f]{40}\/[0-9a-f]{16}$/);
  await tree(page, 'example').getByRole('link', { name: 'prod' }).hover();
  await (await (await asked).response())?.finished();
  // The page has read it when nothing is under way any more.
  await page.waitForLoadState('networkidle');
  await page.route('**/iam/v2/groups/**', () => {});
  await tree(page, 'example').getByRole('link', { name: 'prod' }).click();
  await expect(heading(page, 'prod')).toBeVisible();
});
