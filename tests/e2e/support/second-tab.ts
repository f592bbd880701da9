// Signing in in a second tab, so that the page in the first one goes on.
import { expect, type Page } from '@playwright/test';
import { be, leaveForProvider } from './people.ts';

/** What the server answers to what takes a recent sign-in. Its clock is not moved here: when it does so is tested there. */
export const STEP_UP = {
  status: 403,
  json: {
    code: 7,
    message: 'This takes a sign-in of the last 15 minutes. Sign in again, and do it once more.',
    details: [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'STEP_UP_REQUIRED', domain: 'bailiwick', metadata: {} },
    ],
  },
};

/** The title of the dialog that says so. */
export const AGAIN = 'Sign in again to go on';

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
