// The list of organizations: full, empty, and one more.
import { expect, test } from '../fixtures.ts';
import { heading, main, openDialog, openOrganization, tree } from '../support/console.ts';
import { refusal } from '../support/mocks.ts';
import { chooseInAccountMenu, OWNER, signIn, STRANGER, VIEWER } from '../support/people.ts';

test('the list has the organizations of the person', async ({ page }) => {
  await signIn(page, VIEWER);
  const table = page.getByRole('table', { name: 'Your organizations' });
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table.getByRole('link', { name: 'example' })).toHaveAttribute('href', /^\/orgs\/[0-9a-f]{40}$/);
  await expect(page).toHaveTitle('Organizations · Bailiwick');
});

test('a stranger learns who they are, by whom, and what to do', async ({ page }) => {
  await signIn(page, STRANGER);
  await expect(page.getByRole('heading', { name: 'No organization knows this account' })).toBeVisible();
  await expect(main(page)).toContainText(`You are ${STRANGER}, by Development sign-in.`);
  await expect(main(page)).toContainText('invite');
  await expect(main(page).getByRole('button', { name: 'New organization' })).toBeVisible();
  await main(page).getByRole('button', { name: 'Switch account' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
});

test('a stranger makes an organization by keyboard alone and owns it', async ({ page }) => {
  await signIn(page, STRANGER);
  const button = main(page).getByRole('button', { name: 'New organization' });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New organization' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('acme labs');
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Description')).toBeFocused();
  await page.keyboard.type('All of it');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(heading(page, 'acme labs')).toBeVisible();
  await expect(main(page)).toContainText('You are owner here');
  await expect(main(page)).toContainText('All of it');

  await page.reload();
  await expect(tree(page, 'acme labs')).toBeVisible();
  const navigation = page.getByRole('navigation', { name: 'Console' });
  await navigation.getByRole('link', { name: 'Organizations', exact: true }).click();
  await expect(page.getByRole('row', { name: /acme labs/ })).toContainText('All of it');
});

test('Esc and Cancel leave the form, and the focus returns to its button', async ({ page }) => {
  await signIn(page, OWNER);
  const button = main(page).getByRole('button', { name: 'New organization' });
  const dialog = await openDialog(page, 'New organization', 'New organization');
  await dialog.getByLabel('Name').fill('never');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  await openDialog(page, 'New organization', 'New organization');
  await expect(dialog.getByLabel('Name')).toHaveValue('');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
});

test('an organization is deleted only by typing its name', async ({ page, announced }) => {
  announced.status(400);
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await page.route('**/iam/v2/groups/*', (route) =>
    route.request().method() === 'DELETE'
      ? route.fulfill(refusal('RESOURCE_NOT_EMPTY', ['dev', 'prod', 'staging']))
      : route.continue(),
  );
  const dialog = await openDialog(page, 'Delete', 'Delete example?');
  const confirm = dialog.getByRole('button', { name: /^Delete organization/ });
  await expect(dialog.getByLabel('Type example to confirm')).toBeFocused();
  await expect(confirm).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByLabel('Type example to confirm').fill('exampl');
  await expect(confirm).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByLabel('Type example to confirm').fill('example');
  await confirm.click();
  await expect(dialog.getByRole('alert')).toContainText('First delete what is inside');
  for (const name of ['dev', 'prod', 'staging']) {
    await expect(dialog.getByRole('alert').getByText(name, { exact: true })).toBeVisible();
  }
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('an empty organization is deleted for good', async ({ page }) => {
  await signIn(page, STRANGER);
  const made = await openDialog(page, 'New organization', 'New organization');
  await made.getByLabel('Name').fill('short-lived');
  await made.getByRole('button', { name: 'Create organization' }).click();
  await expect(heading(page, 'short-lived')).toBeVisible();
  const dialog = await openDialog(page, 'Delete', 'Delete short-lived?');
  await dialog.getByLabel('Type short-lived to confirm').fill('short-lived');
  await dialog.getByRole('button', { name: 'Delete organization' }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('heading', { name: 'No organization knows this account' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'No organization knows this account' })).toBeVisible();
});

test('Switch account from the menu is there on every page', async ({ page }) => {
  await signIn(page, VIEWER);
  await openOrganization(page, 'example');
  await chooseInAccountMenu(page, VIEWER, 'Switch account');
  await expect(heading(page, 'Sign in')).toBeVisible();
});

test('the list is sorted by its heads, and the address keeps the order', async ({ page, announced }) => {
  // From a server that does not search yet.
  announced.status(400);
  await signIn(page, STRANGER);
  for (const name of ['beta', 'alpha']) {
    const dialog = await openDialog(page, 'New organization', 'New organization');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Create organization' }).click();
    await expect(heading(page, name)).toBeVisible();
    await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Organizations', exact: true }).click();
  }
  const table = page.getByRole('table', { name: 'Your organizations' });
  await expect(table.locator('tbody .ui-table-main')).toHaveText(['alpha', 'beta']);
  await table.getByRole('button', { name: 'Name' }).click();
  await expect(table.locator('tbody .ui-table-main')).toHaveText(['beta', 'alpha']);
  await expect(table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL('/?sort=-name');
  await page.reload();
  await expect(table.locator('tbody .ui-table-main')).toHaveText(['beta', 'alpha']);

  // What is searched stands in the address, and a search that finds nothing keeps its field.
  await page.getByRole('searchbox', { name: 'Find an organization' }).fill('gamma');
  await expect(page).toHaveURL(/find=gamma/);
  await expect(page.getByText('No organization of yours has gamma in its name.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(table.locator('tbody .ui-table-main')).toHaveText(['beta', 'alpha']);
});

test('the places seen last are offered, until one signs out', async ({ page }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await page.getByRole('treegrid').getByRole('link', { name: 'prod' }).click();
  await expect(heading(page, 'prod')).toBeVisible();
  await page.goto('/');
  const last = page.getByRole('region', { name: 'Where you were' });
  await expect(last.getByRole('link')).toHaveText([/prod/, /example/]);
  await last.getByRole('link', { name: /prod/ }).click();
  await expect(heading(page, 'prod')).toBeVisible();
  await chooseInAccountMenu(page, OWNER, 'Sign out');
  await expect(heading(page, 'Sign in')).toBeVisible();
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => /who|open|places/.test(key)));
  expect(kept).toEqual([]);
});
