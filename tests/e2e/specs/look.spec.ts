// Theme, motion, narrow screens.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { heading, main, openOrganization, tree } from '../support/console.ts';
import { account, OWNER, signIn } from '../support/people.ts';
import { PAGES } from '../support/pages.ts';

const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test('the theme that one chooses stays over a reload, and can be left to the system', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await signIn(page, OWNER);
  const light = await ground(page);
  await account(page, OWNER).click();
  const menu = page.getByRole('menu', { name: 'Account' });
  await menu.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(menu.getByRole('menuitemradio', { name: 'Dark' })).toHaveAttribute('aria-checked', 'true');
  const dark = await ground(page);
  expect(dark).not.toBe(light);
  await page.reload();
  await expect(heading(page, 'Organizations')).toBeVisible();
  expect(await ground(page)).toBe(dark);
  await page.goto('/no/such/page');
  expect(await ground(page)).toBe(dark);

  await account(page, OWNER).click();
  await menu.getByRole('menuitemradio', { name: 'As the system' }).click();
  expect(await ground(page)).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground(page)).toBe(dark);
});

test('the account menu is walked by keyboard and gives the focus back', async ({ page }) => {
  await signIn(page, OWNER);
  await account(page, OWNER).focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: 'Account' });
  await expect(account(page, OWNER)).toHaveAttribute('aria-expanded', 'true');
  await expect(menu.getByRole('menuitemradio', { name: 'As the system' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(menu.getByRole('menuitem', { name: 'Sign out' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('menuitemradio', { name: 'As the system' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(account(page, OWNER)).toBeFocused();
  await expect(account(page, OWNER)).toHaveAttribute('aria-expanded', 'false');
});

test('with reduced motion nothing moves', async ({ newBrowser }) => {
  const moving = async (reducedMotion: 'reduce' | 'no-preference') => {
    const page = await (await newBrowser({ reducedMotion })).newPage();
    await signIn(page, OWNER);
    await openOrganization(page, 'example');
    return page.evaluate(() => {
      const durations = [...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return [...transitionDuration.split(','), ...animationDuration.split(',')];
      });
      return Math.max(...durations.map(parseFloat));
    });
  };
  expect(await moving('reduce')).toBe(0);
  expect(await moving('no-preference')).toBeGreaterThan(0);
});

test('Skip to content is the first stop and leads past the navigation', async ({ page }) => {
  await signIn(page, OWNER);
  await page.reload();
  await expect(heading(page, 'Organizations')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(main(page)).toBeFocused();
});

test('on a phone the navigation opens over the page and Esc closes it', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 700 });
  await page.goto('/login');
  await signInNarrow(page);
  const open = page.getByRole('button', { name: 'Open navigation' });
  await open.click();
  await expect(account(page, OWNER)).toBeVisible();
  await expect(open).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(account(page, OWNER)).not.toBeInViewport();
  await expect(open).toBeFocused();
});

test('on a phone tree and folder are two screens', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 700 });
  await page.goto('/login');
  await signInNarrow(page);
  await page.getByRole('link', { name: 'example', exact: true }).click();
  await expect(tree(page, 'example')).toBeVisible();
  await tree(page, 'example').getByRole('link', { name: 'dev' }).click();
  await expect(heading(page, 'dev')).toBeVisible();
  await expect(tree(page, 'example')).toBeHidden();
  await page.getByRole('button', { name: 'All folders' }).click();
  await expect(tree(page, 'example')).toBeVisible();
  await expect(page.getByRole('row', { name: /^dev/ })).toBeFocused();
});

for (const { name, person, statuses = [], open } of PAGES) {
  test(`nothing scrolls sideways at 320 px: ${name}`, async ({ page, server, announced }) => {
    announced.status(...statuses);
    if (person) {
      await signIn(page, person);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, server);
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(overflow).toBe(0);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('main, dialog[open]')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => `${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`),
    );
    expect(cut).toEqual([]);
  });
}

test('at 200 % zoom nothing scrolls sideways and all is within reach', async ({ page }) => {
  // What a window of 1280 px has left at that zoom.
  await page.setViewportSize({ width: 640, height: 400 });
  await page.goto('/login');
  await signInNarrow(page);
  await page.getByRole('link', { name: 'example', exact: true }).click();
  await expect(tree(page, 'example')).toBeVisible();
  await page.getByRole('button', { name: /^Search/ }).click();
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeInViewport();
  await page.keyboard.press('Escape');
  await tree(page, 'example').getByRole('link', { name: 'dev' }).click();
  await expect(main(page).getByRole('button', { name: 'New folder', exact: true })).toBeInViewport();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('forced colours still show where one is', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  for (const chosen of [
    page.getByRole('treegrid').locator('[aria-selected="true"]'),
    page.getByRole('navigation', { name: 'Console' }).locator('[aria-current]'),
  ]) {
    expect(await chosen.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  }
  await page.keyboard.press('Control+k');
  const option = page.getByRole('option', { selected: true });
  await expect(option).toHaveCount(1);
  expect(await option.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
});

/** On a phone the account hides in the navigation. */
async function signInNarrow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Development sign-in' }).click();
  await page.getByRole('button', { name: OWNER }).click();
  await expect(heading(page, 'Organizations')).toBeVisible();
}
