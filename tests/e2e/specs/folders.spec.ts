// Making, renaming and deleting folders.
import { expect, test } from '../fixtures.ts';
import { createFolder, heading, main, openDialog, openFolder, openOrganization, row } from '../support/console.ts';
import { refusal } from '../support/mocks.ts';
import { OWNER, signIn } from '../support/people.ts';

test.beforeEach(async ({ page }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
});

test('a new folder stands in the tree, in its place, chosen, and after a reload', async ({ page }) => {
  await openFolder(page, 'dev');
  await createFolder(page, 'payments');
  await expect(row(page, 'dev')).toHaveAttribute('aria-expanded', 'true');
  await expect(row(page, 'payments')).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, 'payments')).toHaveAttribute('aria-level', '3');
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText(/example.*dev.*payments/s);
  await expect(page.getByRole('status').filter({ hasText: 'payments' })).toHaveText('The folder payments was made.');
  await page.reload();
  await expect(heading(page, 'payments')).toBeVisible();
  await expect(row(page, 'payments')).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveTitle('payments, example · Bailiwick');
});

test('folders stand in the order of their names', async ({ page }) => {
  await createFolder(page, 'middle');
  await expect(page.getByRole('rowheader')).toHaveText(['example', 'dev', 'middle', 'prod', 'staging']);
});

test('a folder is renamed; its id and links stay', async ({ page }) => {
  await openFolder(page, 'staging');
  const here = page.url();
  const dialog = await openDialog(page, 'Rename', 'Rename staging');
  await expect(dialog.getByLabel('Name')).toHaveValue('staging');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill('before prod');
  await dialog.getByRole('button', { name: 'Rename folder' }).click();
  await expect(dialog).toBeHidden();
  await expect(heading(page, 'before prod')).toBeVisible();
  await expect(page.getByRole('rowheader')).toHaveText(['example', 'before prod', 'dev', 'prod']);
  await expect(page).toHaveURL(here);
  await page.reload();
  await expect(heading(page, 'before prod')).toBeVisible();
  await expect(row(page, 'staging')).toHaveCount(0);
});

test('an organization is renamed everywhere', async ({ page }) => {
  const dialog = await openDialog(page, 'Rename', 'Rename example');
  await dialog.getByLabel('Name').fill('acme');
  await dialog.getByRole('button', { name: 'Rename organization' }).click();
  await expect(heading(page, 'acme')).toBeVisible();
  await expect(page.getByRole('treegrid', { name: 'Folders of acme' })).toBeVisible();
  const navigation = page.getByRole('navigation', { name: 'Console' });
  await expect(navigation.getByText('acme', { exact: true })).toBeVisible();
  await expect(page).toHaveTitle(/^acme/);
});

test('a name that a sibling has is refused at the field, on making and on renaming', async ({ page, announced }) => {
  announced.status(409);
  const made = await openDialog(page, 'New folder', 'New folder in example');
  await made.getByLabel('Name').fill('dev');
  await made.getByRole('button', { name: 'Create folder' }).click();
  await expect(made.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await expect(made.getByLabel('Name')).toHaveAccessibleDescription(/has this name/);
  await expect(made.getByLabel('Name')).toBeFocused();
  await made.getByLabel('Name').fill('dev2');
  await made.getByRole('button', { name: 'Create folder' }).click();
  await expect(heading(page, 'dev2')).toBeVisible();

  const renamed = await openDialog(page, 'Rename', 'Rename dev2');
  await renamed.getByLabel('Name').fill('prod');
  await renamed.getByRole('button', { name: 'Rename folder' }).click();
  await expect(renamed.getByLabel('Name')).toHaveAccessibleDescription(/has this name/);
  await renamed.getByRole('button', { name: 'Cancel' }).click();
  await expect(heading(page, 'dev2')).toBeVisible();
});

test('two folders in different places may share a name', async ({ page }) => {
  await openFolder(page, 'dev');
  await createFolder(page, 'prod');
  await expect(page.getByRole('rowheader', { name: 'prod', exact: true })).toHaveCount(2);
});

test('a folder that holds others is not deleted, and says which; its leaf is', async ({ page, announced }) => {
  announced.status(400);
  await openFolder(page, 'dev');
  await createFolder(page, 'payments');
  await openFolder(page, 'dev');

  // A server that deletes no subtrees says what is in the way.
  await page.route('**/iam/v2/groups/**', (route) =>
    route.request().method() === 'DELETE' ? route.fulfill(refusal('RESOURCE_NOT_EMPTY', ['payments'])) : route.continue(),
  );
  const refused = await openDialog(page, 'Delete', 'Delete dev?');
  await refused.getByLabel('Type dev to confirm').fill('dev');
  await refused.getByRole('button', { name: /^Delete folder/ }).click();
  const alert = refused.getByRole('alert');
  await expect(alert).toContainText('Nothing was deleted');
  await expect(alert.getByRole('listitem')).toHaveText(['payments']);
  await expect(alert).toContainText(/Request/);
  await refused.getByRole('button', { name: 'Cancel' }).click();
  await page.unrouteAll();

  await openFolder(page, 'payments');
  const dialog = await openDialog(page, 'Delete', 'Delete payments?');
  await expect(dialog).toContainText('This cannot be undone');
  await dialog.getByRole('button', { name: 'Delete folder' }).click();
  await expect(dialog).toBeHidden();
  await expect(heading(page, 'dev')).toBeVisible();
  await expect(row(page, 'payments')).toHaveCount(0);
  await page.reload();
  await expect(heading(page, 'dev')).toBeVisible();
  await expect(row(page, 'payments')).toHaveCount(0);
});

test('a folder that someone else deleted says so', async ({ page, context, announced }) => {
  announced.status(404);
  await openFolder(page, 'dev');
  const other = await context.newPage();
  await other.goto(page.url());
  const dialog = await openDialog(other, 'Delete', 'Delete dev?');
  await dialog.getByRole('button', { name: 'Delete folder' }).click();
  await expect(heading(other, 'example')).toBeVisible();

  await page.reload();
  await expect(heading(page, 'No such folder, or not for you')).toBeVisible();
  await page.getByRole('link', { name: 'Go to its organization' }).click();
  await expect(heading(page, 'example')).toBeVisible();
});

test('Back and Forward walk through the folders', async ({ page }) => {
  await openFolder(page, 'dev');
  await openFolder(page, 'prod');
  await page.goBack();
  await expect(heading(page, 'dev')).toBeVisible();
  await expect(row(page, 'dev')).toHaveAttribute('aria-selected', 'true');
  await page.goForward();
  await expect(heading(page, 'prod')).toBeVisible();
});

test('a link to a folder is a link: it opens in a new tab', async ({ page, context }) => {
  const opened = context.waitForEvent('page');
  await row(page, 'dev').getByRole('link').click({ modifiers: ['ControlOrMeta'] });
  const tab = await opened;
  await expect(heading(tab, 'dev')).toBeVisible();
  await expect(heading(page, 'example')).toBeVisible();
});

test('a double press makes one folder', async ({ page }) => {
  const dialog = await openDialog(page, 'New folder', 'New folder in example');
  await dialog.getByLabel('Name').fill('once');
  await dialog.getByRole('button', { name: 'Create folder' }).dblclick();
  await expect(heading(page, 'once')).toBeVisible();
  await page.reload();
  await expect(main(page).getByRole('rowheader', { name: 'once' })).toHaveCount(1);
});

test('a folder is deleted with all below it, after a preview and its name', async ({ page }) => {
  await openFolder(page, 'dev');
  await createFolder(page, 'payments');
  await createFolder(page, 'ledger');
  await openFolder(page, 'dev');
  const dialog = await openDialog(page, 'Delete', 'Delete dev?');
  await expect(dialog).toContainText('2 folders below it');
  const send = dialog.getByRole('button', { name: 'Delete folder and all below it' });
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByLabel('Type dev to confirm').fill('dev');
  await send.click();
  await expect(dialog).toBeHidden();
  await expect(heading(page, 'example')).toBeVisible();
  await expect(page.getByRole('rowheader')).toHaveText(['example', 'prod', 'staging']);
});
