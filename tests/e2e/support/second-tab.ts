// Signing in in a second tab, so that the page in the first one goes on.
import { expect, type Page } from '@playwright/test';
import { be, leaveForProvider } from './people.ts';

/** The dialog over the page that wants a sign-in. */
export function wanted(page: Page, title = 'Your session ended') {
  return page.getByRole('dialog', { name: title });
}

/** Follows the dialog's link to the tab that it opens. */
export async function openSecondTab(page: Page, title?: string): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await wanted(page, title).getByRole('link', { name: 'Sign in again' }).click();
  const tab = await opened;
  await tab.waitForLoadState();
  expect(await tab.evaluate(() => window.opener)).toBeNull();
  return tab;
}

/** Signs in there; the tab then closes, or says that one may close it. */
export async function signInThere(tab: Page, email: string): Promise<void> {
  await leaveForProvider(tab);
  const closed = tab.waitForEvent('close');
  await be(tab, email);
  const said = tab.getByRole('heading', { name: 'You are signed in' }).waitFor();
  await Promise.any([closed, said]);
}
