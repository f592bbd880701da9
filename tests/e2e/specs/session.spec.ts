// Another person signs in on the same browser: two people never mix (design §3.4).
import { expect, test } from '../fixtures.ts';
import { createFolder, heading, main, openDialog, openOrganization, row } from '../support/console.ts';
import { account, be, chooseInAccountMenu, expectSignedIn, leaveForProvider, OWNER, signIn, STRANGER, VIEWER } from '../support/people.ts';

test('a page drawn for one person does nothing for the next, and reloads', async ({ page, context, announced }) => {
  announced.status(409);
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  const dialog = await openDialog(page, 'New folder', 'New folder in example');
  await dialog.getByLabel('Name').fill('whose');

  const other = await context.newPage();
  await other.goto('/');
  await chooseInAccountMenu(other, OWNER, 'Switch account');
  await leaveForProvider(other);
  await be(other, VIEWER);
  await expectSignedIn(other, VIEWER);

  const reloaded = page.waitForEvent('load');
  const refused = page.waitForResponse((response) => response.status() === 409);
  await dialog.getByRole('button', { name: 'Create folder' }).click();
  expect(new URL((await refused).url()).pathname).toMatch(/^\/iam\/v2\/groups\//);
  await reloaded;
  await expectSignedIn(page, VIEWER);
  await expect(account(page, OWNER)).toHaveCount(0);
  await expect(heading(page, 'example')).toBeVisible();
  await expect(row(page, 'whose')).toHaveCount(0);
  await expect(main(page)).toContainText('You are viewer here');
});

test('reading is refused to the page of another session, too', async ({ page, context, announced }) => {
  announced.status(409, 404);
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await createFolder(page, 'private');
  await main(page).getByRole('treegrid').getByRole('link', { name: 'example' }).click();
  await expect(heading(page, 'example')).toBeVisible();

  const other = await context.newPage();
  await other.goto('/');
  await chooseInAccountMenu(other, OWNER, 'Switch account');
  await leaveForProvider(other);
  await be(other, STRANGER);
  await expectSignedIn(other, STRANGER);

  const reloaded = page.waitForEvent('load');
  await row(page, 'private').getByRole('link').click();
  await reloaded;
  await expectSignedIn(page, STRANGER);
  await expect(heading(page, 'No such folder, or not for you')).toBeVisible();
  await expect(page.getByText('private')).toHaveCount(0);
});
