// A browser that keeps nothing: each lack has its own words, and a way on.
import { expect, test } from '../fixtures.ts';
import { heading } from '../support/console.ts';
import { be, expectSignedIn, leaveForProvider, OWNER, VIEWER } from '../support/people.ts';

test('without storage the sign-in page says what to do, and does not leave', async ({ page, context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  await page.goto('/login');
  await page.getByRole('button', { name: 'Development sign-in' }).click();
  await expect(page.getByRole('alert')).toContainText('This browser keeps nothing for this site');
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Development sign-in' })).toBeEnabled();
});

test('storage that is full or for reading alone is the same', async ({ page, context }) => {
  await context.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto('/login');
  await page.getByRole('button', { name: 'Development sign-in' }).click();
  await expect(page.getByRole('alert')).toContainText('Allow site data for it');
});

test('a browser that keeps no cookie is stopped on a page that leads on', async ({ page, context, announced }) => {
  announced.status(400);
  await page.goto('/login');
  await leaveForProvider(page);
  await context.clearCookies();
  await be(page, OWNER);
  await expect(heading(page, 'Sign-in stopped')).toBeVisible();
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await leaveForProvider(page);
  await be(page, OWNER);
  await expectSignedIn(page, OWNER);
});

test('two tabs sign two people in at once: the later one stays, in both', async ({ page, context, announced }) => {
  announced.status(409);
  const other = await context.newPage();
  await page.goto('/login');
  await other.goto('/login');
  await leaveForProvider(page);
  await leaveForProvider(other);
  await be(page, OWNER);
  await expectSignedIn(page, OWNER);
  await be(other, VIEWER);
  await expectSignedIn(other, VIEWER);
  const reloaded = page.waitForEvent('load');
  await page.getByRole('table').getByRole('link', { name: 'example', exact: true }).click();
  await reloaded;
  await expectSignedIn(page, VIEWER);
});

test('two tabs that sign the same person in at once go on together', async ({ page, context }) => {
  const other = await context.newPage();
  await page.goto('/login');
  await other.goto('/login');
  await leaveForProvider(page);
  await leaveForProvider(other);
  await be(page, OWNER);
  await expectSignedIn(page, OWNER);
  const asked = page.waitForResponse((response) => response.url().endsWith('/auth/session'));
  await be(other, OWNER);
  await expectSignedIn(other, OWNER);
  await asked;
  await page.getByRole('table').getByRole('link', { name: 'example', exact: true }).click();
  await expect(heading(page, 'example')).toBeVisible();
});
