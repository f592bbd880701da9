// A session that ends, or is too old, in the middle of work (design §3.5): one signs in in another tab.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { heading, main, openDialog, openOrganization } from '../support/console.ts';
import { account, expectSignedIn, OWNER, signIn, signOut, VIEWER } from '../support/people.ts';
import { AGAIN, openSecondTab, signInThere, STEP_UP, wanted } from '../support/second-tab.ts';

/** Half a form, and a session that has ended elsewhere. */
async function halfAForm(page: Page, name: string) {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  const form = await openDialog(page, 'New folder', 'New folder in example');
  await form.getByLabel('Name').fill(name);
  const other = await page.context().newPage();
  await other.goto('/');
  await signOut(other, OWNER);
  await other.close();
  await form.getByRole('button', { name: 'Create folder' }).click();
  await expect(wanted(page)).toContainText(OWNER);
  return form;
}

test('the same person signs in in a second tab, and the form goes on', async ({ page, announced }) => {
  announced.status(401);
  const form = await halfAForm(page, 'half-typed');
  const here = page.url();
  const tab = await openSecondTab(page);
  await signInThere(tab, OWNER);
  await expect(wanted(page)).toBeHidden();
  expect(page.url()).toBe(here);
  await expect(form.getByLabel('Name')).toHaveValue('half-typed');
  await form.getByRole('button', { name: 'Create folder' }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole('rowheader', { name: 'half-typed' })).toBeVisible();
});

test('another person in the second tab: the page begins anew, for them', async ({ page, announced }) => {
  announced.status(401);
  await halfAForm(page, 'not-yours');
  const tab = await openSecondTab(page);
  const reloaded = page.waitForEvent('load');
  await signInThere(tab, VIEWER);
  await reloaded;
  await expectSignedIn(page, VIEWER);
  await expect(account(page, OWNER)).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('not-yours')).toHaveCount(0);
});

test('tabs that cannot tell each other look when one comes back', async ({ page, context, announced }) => {
  announced.status(401);
  await context.addInitScript(() => {
    Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
  });
  const form = await halfAForm(page, 'alone');
  const tab = await openSecondTab(page);
  await signInThere(tab, OWNER);
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(wanted(page)).toBeHidden();
  await expect(form.getByLabel('Name')).toHaveValue('alone');
});

test('what failed meanwhile is asked for again', async ({ page, context, announced }) => {
  announced.status(401);
  await signIn(page, OWNER);
  const other = await context.newPage();
  await other.goto('/');
  await signOut(other, OWNER);
  await other.close();
  await page.getByRole('table').getByRole('link', { name: 'example', exact: true }).click();
  const tab = await openSecondTab(page);
  await signInThere(tab, OWNER);
  await expect(wanted(page)).toBeHidden();
  await expect(heading(page, 'example')).toBeVisible();
});

test('the dialog can be put off, and comes back with the next request', async ({ page, announced }) => {
  announced.status(401);
  const form = await halfAForm(page, 'later');
  await page.keyboard.press('Escape');
  await expect(wanted(page)).toBeHidden();
  await expect(form.getByLabel('Name')).toHaveValue('later');
  await form.getByRole('button', { name: 'Create folder' }).click();
  await expect(wanted(page)).toBeVisible();
});

test('a sign-in too long ago is proved again in a second tab, and the button then does it', async ({ page, announced }) => {
  announced.status(403);
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  const form = await openDialog(page, 'New folder', 'New folder in example');
  await form.getByLabel('Name').fill('kept');
  await page.route('**/iam/v2/groups/*', (route) =>
    route.request().method() === 'POST' ? route.fulfill(STEP_UP) : route.fallback(),
  );
  await form.getByRole('button', { name: 'Create folder' }).click();
  await expect(wanted(page, AGAIN)).toContainText(OWNER);
  await page.unrouteAll();
  const tab = await openSecondTab(page, AGAIN);
  await expect(heading(tab, 'Sign in again')).toBeVisible();
  await expect(main(tab)).toContainText(OWNER);
  const left = tab.waitForRequest(/\/oauth\/authorize/);
  await signInThere(tab, OWNER);
  expect((await left).url()).toContain('prompt=login');
  await expect(wanted(page, AGAIN)).toBeHidden();
  await expect(form.getByLabel('Name')).toHaveValue('kept');
  await form.getByRole('button', { name: 'Create folder' }).click();
  await expect(page.getByRole('rowheader', { name: 'kept' })).toBeVisible();
});

test('who would rather not is left where they were', async ({ page, announced }) => {
  announced.status(403);
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  const form = await openDialog(page, 'New folder', 'New folder in example');
  await form.getByLabel('Name').fill('rather-not');
  await page.route('**/iam/v2/groups/*', (route) =>
    route.request().method() === 'POST' ? route.fulfill(STEP_UP) : route.fallback(),
  );
  await form.getByRole('button', { name: 'Create folder' }).click();
  await wanted(page, AGAIN).getByRole('button', { name: 'Not now' }).click();
  await expect(wanted(page, AGAIN)).toBeHidden();
  await expect(form).toContainText('of the last 15 minutes');
  await expect(form.getByLabel('Name')).toHaveValue('rather-not');
});

test('whoever opens the second tab while signed in is told so', async ({ page }) => {
  await signIn(page, OWNER);
  await page.goto('/login?then=close');
  await expect(heading(page, 'You are signed in')).toBeVisible();
});
