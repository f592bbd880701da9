// What a name may be: said at the field, before anything is sent.
import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { heading, openDialog, openOrganization } from '../support/console.ts';
import { OWNER, signIn } from '../support/people.ts';

let dialog: Locator;
let field: Locator;
const sent: string[] = [];

test.beforeEach(async ({ page }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  dialog = await openDialog(page, 'New folder', 'New folder in example');
  field = dialog.getByLabel('Name');
  sent.length = 0;
  page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()));
});

const BAD: [what: string, typed: string, said: RegExp][] = [
  ['nothing', '', /Type a name/],
  ['64 characters', 'a'.repeat(64), /64 characters, and 63 is the most/],
  ['a space at the start', ' dev', /space at the start/],
  ['a space at the end', 'dev ', /space at the start or the end/],
  ['only dots', '...', /dots alone/],
  ['16 hex digits', '0123456789abcdef', /looks like an id/],
  ['40 hex digits', '0123456789'.repeat(4), /looks like an id/],
  ['a slash', 'dev/payments', /Take away \/\. A name has letters a-z, digits, space, dot, dash and underscore/],
  ['a letter of another alphabet', 'prüfung', /Take away ü/],
  ['a sign that one does not see', 'dev\u200b', /Take away/],
];

for (const [what, typed, said] of BAD) {
  test(`${what} is refused where it was typed`, async () => {
    await field.fill(typed);
    await field.press('Enter');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(said);
    await expect(field).toBeFocused();
    await expect(field).toHaveValue(typed);
    expect(sent).toEqual([]);
  });
}

test('the hint says what a name is made of, and that capitals become small', async () => {
  await expect(field).toHaveAccessibleDescription(/Letters, digits, space, dot, dash and underscore.*small/);
});

test('capitals become small as one types', async ({ page }) => {
  await field.pressSequentially('Payments API');
  await expect(field).toHaveValue('payments api');
  await field.press('ArrowLeft');
  await field.press('ArrowLeft');
  await field.press('ArrowLeft');
  await field.pressSequentially('New ');
  // The caret stays where one types.
  await expect(field).toHaveValue('payments new api');
  await field.press('Enter');
  await expect(heading(page, 'payments new api')).toBeVisible();
});

test('an error goes as soon as the name is right', async () => {
  await field.fill('...');
  await field.press('Tab');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.pressSequentially('a');
  await expect(field).not.toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/Letters, digits/);
});

test('a press counts even though leaving the field brings its error up', async () => {
  // The longest error makes the dialog grow between the pointer's down and up.
  await field.fill('dev/payments');
  await dialog.getByRole('button', { name: 'Create folder' }).click();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toBeFocused();
  await field.fill('dev/payments/ledger');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});

test('the longest name fits, and the count says so', async ({ page }) => {
  const longest = 'abcdefghi '.repeat(6) + 'end';
  await field.fill(longest);
  await expect(dialog).toContainText('63 of 63');
  await dialog.getByRole('button', { name: 'Create folder' }).click();
  await expect(heading(page, longest)).toBeVisible();
});

test('a description over its length is refused at its own field', async () => {
  await field.fill('long');
  const description = dialog.getByLabel('Description');
  await description.fill('x'.repeat(513));
  await description.press('Enter');
  await expect(description).toHaveAccessibleDescription(/513 characters, and 512 is the most/);
  await expect(description).toBeFocused();
  expect(sent).toEqual([]);
});

test('what one types is text, never markup', async ({ page }) => {
  const description = '<b onmouseover=alert(1)>&amp;</b>';
  await field.fill('plain');
  await dialog.getByLabel('Description').fill(description);
  await dialog.getByRole('button', { name: 'Create folder' }).click();
  await expect(page.getByRole('main').getByText(description)).toBeVisible();
});
