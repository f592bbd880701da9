// The console's own pieces, by role and label.
import { expect, type Locator, type Page } from '@playwright/test';

export function tree(page: Page, organization: string): Locator {
  return page.getByRole('treegrid', { name: `Folders of ${organization}` });
}

/** The row of a folder; its name stands in the row's header. */
export function row(page: Page, name: string): Locator {
  const header = page.getByRole('rowheader', { name, exact: true });
  return page.getByRole('treegrid').getByRole('row').filter({ has: header });
}

export function main(page: Page): Locator {
  return page.getByRole('main');
}

export function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { name, level: 1, exact: true });
}

/** From the list of organizations to one of them. */
export async function openOrganization(page: Page, name: string): Promise<void> {
  await page.getByRole('table').getByRole('link', { name, exact: true }).click();
  await expect(tree(page, name)).toBeVisible();
  await expect(heading(page, name)).toBeVisible();
}

/** Presses the row of a folder and waits until the page is about it. */
export async function openFolder(page: Page, name: string): Promise<void> {
  await row(page, name).getByRole('link').click();
  await expect(heading(page, name)).toBeVisible();
}

/** Makes a folder below the one that the page is about; ends on the new one. */
export async function createFolder(page: Page, name: string): Promise<void> {
  const dialog = await openDialog(page, 'New folder', /^New folder in /);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create folder' }).click();
  await expect(dialog).toBeHidden();
  await expect(heading(page, name)).toBeVisible();
}

/** What stands in the menu of a group rather than on a button of its own. */
const IN_MENU = ['Rename', 'Delete'];

/** Presses a button of the page, or chooses it from the menu of the group that shows. */
export async function press(page: Page, button: string): Promise<void> {
  if (IN_MENU.includes(button)) {
    await main(page).getByRole('button', { name: /^More for / }).click();
    await page.getByRole('menuitem', { name: button, exact: true }).click();
  } else {
    await main(page).getByRole('button', { name: button, exact: true }).click();
  }
}

/** Presses a button of the page and waits for the dialog that it opens. */
export async function openDialog(page: Page, button: string, title: string | RegExp): Promise<Locator> {
  await press(page, button);
  const dialog = page.getByRole('dialog', { name: title });
  await expect(dialog).toBeVisible();
  return dialog;
}
