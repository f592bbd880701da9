// Leaving: nothing of the person stays, in this tab or in another.
import { expect, test } from '../fixtures.ts';
import { heading, main, openOrganization } from '../support/console.ts';
import { account, be, expectSignedIn, leaveForProvider, OWNER, signIn, signOut } from '../support/people.ts';

test('after signing out, Back shows nothing', async ({ page, context }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await signOut(page, OWNER);
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('__Host-bailiwick');
  await page.goBack();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByText('example', { exact: true })).toHaveCount(0);
  await expect(account(page, OWNER)).toHaveCount(0);
});

test('the cookie of before is worth nothing', async ({ page, context }) => {
  await signIn(page, OWNER);
  const before = await context.cookies();
  await signOut(page, OWNER);
  await context.addCookies(before);
  await page.goto('/');
  await expect(heading(page, 'Sign in')).toBeVisible();
});

test('another tab notices at its next action, and may sign in on the page itself', async ({ page, context, announced }) => {
  announced.status(401);
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  const other = await context.newPage();
  await other.goto('/');
  await expectSignedIn(other, OWNER);
  await signOut(other, OWNER);

  const here = page.url();
  await main(page).getByRole('button', { name: 'New folder', exact: true }).click();
  const form = page.getByRole('dialog', { name: /^New folder in / });
  await form.getByLabel('Name').fill('lost');
  await form.getByRole('button', { name: 'Create folder' }).click();
  const ended = page.getByRole('dialog', { name: 'Your session ended' });
  await expect(ended).toContainText(OWNER);
  await ended.getByRole('button', { name: /^Sign in on this page/ }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await leaveForProvider(page);
  await be(page, OWNER);
  await expectSignedIn(page, OWNER);
  await expect(page).toHaveURL(here);
  await expect(page.getByRole('rowheader', { name: 'lost' })).toHaveCount(0);
});

test('a sign-out that the server does not hear says so', async ({ page, server, announced }) => {
  announced.unreachable();
  await signIn(page, OWNER);
  await server.stop();
  await account(page, OWNER).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog', { name: 'You are still signed in' });
  await expect(dialog).toContainText('did not answer');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});
