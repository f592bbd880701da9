// The tree by keyboard alone (ARIA Authoring Practices, treegrid with the focus on rows).
import { expect, test } from '../fixtures.ts';
import { createFolder, heading, openFolder, openOrganization, row, tree } from '../support/console.ts';
import { OWNER, signIn, VIEWER } from '../support/people.ts';

test.beforeEach(async ({ page }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await openFolder(page, 'dev');
  await createFolder(page, 'payments');
  await openFolder(page, 'example');
  await row(page, 'example').focus();
});

test('arrows, Home and End move; the tree is one stop of Tab', async ({ page }) => {
  const walk: [key: string, name: string][] = [
    ['ArrowDown', 'dev'],
    ['ArrowDown', 'payments'],
    ['ArrowDown', 'prod'],
    ['ArrowUp', 'payments'],
    ['End', 'staging'],
    ['ArrowDown', 'staging'],
    ['Home', 'example'],
    ['ArrowUp', 'example'],
  ];
  for (const [key, name] of walk) {
    await page.keyboard.press(key);
    await expect(row(page, name)).toBeFocused();
  }
  await expect(tree(page, 'example').locator('[tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(tree(page, 'example').locator(':focus')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await expect(row(page, 'example')).toBeFocused();
  // Moving does not choose.
  await expect(heading(page, 'example')).toBeVisible();
});

test('Left and Right close, open, and go up and down', async ({ page }) => {
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'dev')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(row(page, 'payments')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'dev')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'dev')).toHaveAttribute('aria-expanded', 'false');
  await expect(row(page, 'payments')).toHaveCount(0);
  await expect(row(page, 'dev')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(row(page, 'payments')).toBeVisible();
  await expect(row(page, 'dev')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'example')).toBeFocused();
});

test('Enter chooses, and the focus stays in the tree', async ({ page }) => {
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'staging')).toBeVisible();
  await expect(row(page, 'staging')).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, 'example')).toHaveAttribute('aria-selected', 'false');
  await expect(row(page, 'staging')).toBeFocused();
});

test('an arrow ends the word that one types', async ({ page }) => {
  await page.clock.install();
  await page.keyboard.type('p');
  await expect(row(page, 'payments')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('s');
  await expect(row(page, 'staging')).toBeFocused();
});

test('letters find a name, the next one after a pause', async ({ page }) => {
  await page.clock.install();
  await page.keyboard.type('pr');
  await expect(row(page, 'prod')).toBeFocused();
  await page.clock.fastForward(1_000);
  await page.keyboard.press('p');
  await expect(row(page, 'payments')).toBeFocused();
  await page.clock.fastForward(1_000);
  await page.keyboard.press('p');
  await expect(row(page, 'prod')).toBeFocused();
  await page.clock.fastForward(1_000);
  await page.keyboard.press('x');
  await expect(row(page, 'prod')).toBeFocused();
});

test('F2 renames in place and Delete deletes the row that has the focus', async ({ page }) => {
  await page.keyboard.press('End');
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'New name of staging' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('staging');
  await page.keyboard.type('Zone');
  await expect(field).toHaveValue('zone');
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(row(page, 'zone')).toBeFocused();

  await page.keyboard.press('Delete');
  const deleted = page.getByRole('dialog', { name: 'Delete zone?' });
  await expect(deleted).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog', { hasText: 'Delete zone?' })).toHaveCount(0);
  await expect(row(page, 'zone')).toBeFocused();
  await page.keyboard.press('Delete');
  await deleted.getByRole('button', { name: 'Delete folder' }).press('Enter');
  await expect(row(page, 'zone')).toHaveCount(0);
  await expect(tree(page, 'example').locator(':focus')).toHaveCount(1);
});

test('a name that is being written stays while something else of its folder is saved', async ({ page }) => {
  await openFolder(page, 'staging');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('before it ships');
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/iam/v2/groups/**', async (route) => {
    if (route.request().method() === 'PATCH') {
      await held;
    }
    await route.continue();
  });
  const save = page.getByRole('button', { name: 'Save changes' });
  await save.click();
  await expect(save).toHaveAttribute('aria-busy', 'true');
  await row(page, 'staging').focus();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'New name of staging' });
  await expect(field).toBeFocused();
  await page.keyboard.type('zo');
  release();
  await expect(save).not.toHaveAttribute('aria-busy', 'true');
  await page.keyboard.type('ne');
  await expect(field).toHaveValue('zone');
  await page.keyboard.press('Enter');
  await expect(row(page, 'zone')).toBeFocused();
});

test('a dialog that is closed late does not close the one that came after it', async ({ page }) => {
  await page.keyboard.press('End');
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete staging?' });
  await expect(dialog).toBeVisible();
  // In one turn of the page, so that the browser's word of the first comes after the second is open.
  await dialog.evaluate((dialog: HTMLDialogElement) => {
    dialog.close();
    const row = document.querySelector('[role=treegrid] [tabindex="0"]')!;
    row.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true, cancelable: true }));
  });
  await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => setTimeout(frame, 50))));
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
});

test('a name that cannot be is refused in the row; Esc leaves it as it was', async ({ page, announced }) => {
  announced.status(409);
  await page.keyboard.press('End');
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'New name of staging' });
  await expect(field).toBeFocused();
  for (const [typed, said] of [['...', /dots alone/], ['dev', /has this name/]] as const) {
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(said);
  }
  await page.keyboard.press('Escape');
  await expect(row(page, 'staging')).toBeFocused();
});

test('rows say where they stand', async ({ page }) => {
  await expect(row(page, 'example')).toHaveAttribute('aria-level', '1');
  for (const [at, name] of ['dev', 'prod', 'staging'].entries()) {
    await expect(row(page, name)).toHaveAttribute('aria-level', '2');
    await expect(row(page, name)).toHaveAttribute('aria-posinset', `${at + 1}`);
    await expect(row(page, name)).toHaveAttribute('aria-setsize', '3');
  }
  await expect(row(page, 'prod')).not.toHaveAttribute('aria-expanded');
  await expect(row(page, 'dev')).toHaveAttribute('aria-expanded', 'true');
});

test('the tree reads as a treegrid', async ({ page }) => {
  await expect(tree(page, 'example')).toMatchAriaSnapshot(`
    - treegrid "Folders of example":
      - row "Folder Changed":
        - columnheader "Folder"
        - columnheader "Changed"
      - rowgroup:
        - row /example/ [expanded] [level=1] [selected]:
          - rowheader "example"
        - row /dev/ [expanded] [level=2]:
          - rowheader "dev"
        - row /payments/ [level=3]:
          - rowheader "payments"
        - row /prod/ [level=2]:
          - rowheader "prod"
        - row /staging/ [level=2]:
          - rowheader "staging"
  `);
});

test('what is open is open again after a reload, and at the next visit', async ({ page }) => {
  await expect(row(page, 'payments')).toBeVisible();
  await page.reload();
  await expect(row(page, 'payments')).toBeVisible();
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Organizations', exact: true }).click();
  await expect(heading(page, 'Organizations')).toBeVisible();
  await page.goBack();
  await expect(row(page, 'payments')).toBeVisible();
  await row(page, 'dev').locator('.ui-twist').click();
  await expect(row(page, 'payments')).toHaveCount(0);
  await page.reload();
  await expect(row(page, 'dev')).toBeVisible();
  await expect(row(page, 'payments')).toHaveCount(0);
});

test('the twist opens and closes without choosing', async ({ page }) => {
  await row(page, 'dev').locator('.ui-twist').click();
  await expect(row(page, 'payments')).toHaveCount(0);
  await row(page, 'dev').locator('.ui-twist').click();
  await expect(row(page, 'payments')).toBeVisible();
  await expect(heading(page, 'example')).toBeVisible();
});

test('a viewer who presses F2 or Delete hears why not', async ({ newBrowser }) => {
  const page = await (await newBrowser()).newPage();
  await signIn(page, VIEWER);
  await openOrganization(page, 'example');
  await row(page, 'dev').focus();
  for (const [key, capability] of [['F2', 'groups.update'], ['Delete', 'groups.delete']] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('status').filter({ hasText: capability })).toHaveCount(1);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(row(page, 'dev')).toBeFocused();
  }
});
