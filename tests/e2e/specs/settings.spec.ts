// Name and description of a group, and two people who write at once.
import { expect, test } from '../fixtures.ts';
import { heading, openFolder, openOrganization, row } from '../support/console.ts';
import { OWNER, signIn, VIEWER } from '../support/people.ts';

test.beforeEach(async ({ page }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await openFolder(page, 'dev');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('dev');
});

test('name and description are saved together, and Save is of use only while there is a change', async ({ page }) => {
  const save = page.getByRole('button', { name: 'Save changes' });
  await expect(save).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Description').fill('x'.repeat(512));
  await page.getByLabel('Name').fill('development');
  await save.click();
  await expect(heading(page, 'development')).toBeVisible();
  await expect(row(page, 'development')).toBeVisible();
  await expect(save).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByText('x'.repeat(512))).toBeVisible();
});

test('a name that is taken is said at the field', async ({ page, announced }) => {
  announced.status(409);
  await page.getByLabel('Name').fill('prod');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription(/has this name/);
  await expect(page.getByLabel('Name')).toHaveValue('prod');
});

test('of two tabs that write at once the second sees both', async ({ page, context }) => {
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByLabel('Description').fill('theirs');
  await other.getByRole('button', { name: 'Save changes' }).click();
  await expect(other.getByRole('button', { name: 'Save changes' })).toHaveAttribute('aria-disabled', 'true');

  await page.getByLabel('Description').fill('mine');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Someone changed it while you were writing.')).toBeVisible();
  const form = page.getByRole('form', { name: 'Basics' });
  await expect(form).toContainText('theirs');
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await expect(page.getByLabel('Description')).toHaveValue('theirs');
});

test('what is not saved is asked about before the page is left by a link, by keys or by Back', async ({ page }) => {
  const leave: [how: string, go: () => Promise<unknown>][] = [
    ['a link', () => page.getByRole('link', { name: 'Overview' }).click()],
    ['keys', async () => {
      await page.getByRole('main').focus();
      await page.keyboard.type('go');
    }],
    ['Back', () => page.evaluate(() => history.back())],
  ];
  const settings = page.url();
  for (const [how, go] of leave) {
    await page.getByLabel('Description').fill('not yet');
    const [asked] = await Promise.all([
      page.waitForEvent('dialog').then(async (dialog) => {
        await dialog.dismiss();
        return dialog.message();
      }),
      go(),
    ]);
    expect(asked, how).toContain('Leave without saving?');
    await expect(page.getByLabel('Description'), how).toHaveValue('not yet');
    expect(page.url(), how).toBe(settings);
  }
  page.once('dialog', (dialog) => dialog.accept());
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('heading', { name: 'Your access' })).toBeVisible();
  // Nothing is unsaved any more, so nothing is asked.
  await page.goBack();
  await expect(page.getByLabel('Description')).toHaveValue('');
});

test('a network that goes while one saves loses nothing', async ({ page, context, announced }) => {
  announced.unreachable();
  await page.getByLabel('Description').fill('patience');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('alert')).toContainText('The server did not answer.');
  await context.setOffline(false);
  await expect(page.getByLabel('Description')).toHaveValue('patience');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('button', { name: 'Save changes' })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a viewer reads why not once, and who could', async ({ newBrowser, page }) => {
  const other = await (await newBrowser()).newPage();
  await signIn(other, VIEWER);
  await other.goto(page.url());
  await expect(other.getByLabel('Name')).toHaveAttribute('readonly', '');
  await expect(other.getByText('Making folders here, renaming and deleting takes groups.create, groups.update and groups.delete')).toHaveCount(1);
  await expect(other.getByText('An owner can do that')).toHaveCount(1);
});
