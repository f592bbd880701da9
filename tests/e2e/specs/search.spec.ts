// Finding a folder of an organization by a part of its name.
import { expect, test } from '../fixtures.ts';
import { createFolder, heading, openFolder, openOrganization, row, tree } from '../support/console.ts';
import { answerSearch } from '../support/mocks.ts';
import { OWNER, signIn } from '../support/people.ts';

test.beforeEach(async ({ page }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
});

const field = (page: import('@playwright/test').Page) => page.getByRole('combobox', { name: 'Find a folder' });

test('what the server finds stands in place of the tree, with its way, and the address keeps it', async ({ page }) => {
  await answerSearch(page);
  await heading(page, 'example').focus();
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('PAY');
  await expect(page.getByRole('option')).toHaveText([/payments.*in example \/ dev/, /payments.*in example \/ prod/]);
  await expect(tree(page, 'example')).toBeHidden();
  await expect(page).toHaveURL(/\?find=pay$/);
  await page.reload();
  await expect(page.getByRole('option')).toHaveCount(2);
  await field(page).fill('');
  await expect(tree(page, 'example')).toBeVisible();
  await expect(page).not.toHaveURL(/find/);
});

test('a server that cannot search says so, and what is open is searched', async ({ page, announced }) => {
  announced.status(400);
  await page.route(/groups\?.*search=/, (route) => route.fulfill({ status: 400, json: { code: 3, message: 'search is not a parameter here' } }));
  await field(page).fill('stag');
  await expect(page.getByText('This server does not search.')).toBeVisible();
  await page.getByRole('option', { name: 'staging' }).click();
  await expect(heading(page, 'staging')).toBeVisible();
  await expect(tree(page, 'example')).toBeVisible();
});

test('a folder far down is found, and the way to it opens', async ({ page }) => {
  await openFolder(page, 'dev');
  await createFolder(page, 'payments');
  await createFolder(page, 'ledger');
  await openFolder(page, 'example');
  await page.reload();
  await field(page).fill('edge');
  await expect(page.getByRole('option', { name: /ledger.*in example \/ dev \/ payments/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'ledger')).toBeVisible();
  await expect(row(page, 'ledger')).toHaveAttribute('aria-level', '4');
});

test('nothing found says so and keeps the field', async ({ page }) => {
  await field(page).fill('nowhere');
  await expect(page.getByText('No folders with nowhere in the name.')).toBeVisible();
  await expect(field(page)).toHaveValue('nowhere');
});
