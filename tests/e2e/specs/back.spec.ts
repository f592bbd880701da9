// Browsers keep whole pages in memory for Back. Playwright switches that off; people have it on.
import config from '../playwright.config.ts';
import { expect, test } from '../fixtures.ts';
import { heading, openOrganization } from '../support/console.ts';
import { account, leaveForProvider, OWNER, signIn, signOut } from '../support/people.ts';

test.use({
  launchOptions: { ...config.use!.launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] },
});

test('after signing out, Back brings no page of before out of the memory', async ({ page }) => {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  await signOut(page, OWNER);
  await page.goBack();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(account(page, OWNER)).toHaveCount(0);
  await expect(page.getByText('example', { exact: true })).toHaveCount(0);
});

test('Back from the provider finds a sign-in page that works', async ({ page }) => {
  await page.goto('/login');
  await leaveForProvider(page);
  await page.goBack();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await leaveForProvider(page);
});
