// Every journey without a pointer: nothing here clicks.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { heading, row } from '../support/console.ts';
import { OWNER, signIn } from '../support/people.ts';

/** Types into the palette and takes what it finds first. */
async function byPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search' });
  await expect(palette).toBeVisible();
  await page.keyboard.type(words);
  await expect(page.getByRole('option', { selected: true })).toContainText(words, { ignoreCase: true });
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
}

/** Tab, until the focus is where `name` says. */
async function tabTo(page: Page, role: 'button' | 'link' | 'textbox', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: typeof name === 'string' });
  await expect(wanted.first()).toBeVisible();
  for (let stops = 0; stops < 60; stops += 1) {
    if (await wanted.first().evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`60 stops of Tab, and none of them is ${role} ${name}`);
}

test.beforeEach(async ({ page }) => {
  await signIn(page, OWNER);
});

test('a folder is made, described, renamed, found and deleted with all below it by keys alone', async ({ page }) => {
  await byPalette(page, 'example');
  await expect(heading(page, 'example')).toBeVisible();
  await byPalette(page, 'New folder in example');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.type('payments');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'payments')).toBeVisible();
  await byPalette(page, 'New folder in payments');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.type('ledger');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'ledger')).toBeVisible();

  await page.keyboard.type('gs');
  await expect(page.getByRole('form', { name: 'Basics' })).toBeVisible();
  await tabTo(page, 'textbox', 'Description');
  await page.keyboard.type('what came in and went out');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Save changes' })).toHaveAttribute('aria-disabled', 'true');

  await row(page, 'ledger').focus();
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: 'New name of ledger' })).toBeFocused();
  await page.keyboard.type('journal');
  await page.keyboard.press('Enter');
  await expect(row(page, 'journal')).toBeFocused();

  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'payments')).toBeFocused();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete payments?' });
  await expect(dialog).toContainText('1 folder below it');
  await tabTo(page, 'textbox', /^Type payments/);
  await page.keyboard.type('payments');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(row(page, 'payments')).toHaveCount(0);
  await expect(row(page, 'journal')).toHaveCount(0);
});

test('an organization is opened, a folder chosen and left again, and the theme changed by keys alone', async ({ page }) => {
  await tabTo(page, 'link', 'example');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'example')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('stag');
  await expect(page.getByRole('option', { name: /staging/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'staging')).toBeVisible();
  await heading(page, 'staging').focus();
  await page.keyboard.type('go');
  await expect(heading(page, 'Organizations')).toBeVisible();
  await tabTo(page, 'button', `Account ${OWNER}`);
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: 'Account' });
  await expect(menu.locator(':focus')).toHaveCount(1);
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(menu.getByRole('menuitemradio', { name: 'Dark' })).toBeFocused({ timeout: 200 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
