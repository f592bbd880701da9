// Parts of the console that arrive when somebody first goes there.
import { expect, test } from '../fixtures.ts';
import { OWNER, signIn } from '../support/people.ts';

const PART = /\/people-[0-9a-f]+\.wasm$/;

test('the first page fetches no part, and a page fetches its own once', async ({ page }) => {
  const parts: string[] = [];
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    if (path.endsWith('.wasm') && !path.startsWith('/console-')) parts.push(path);
  });
  await signIn(page, OWNER);
  await page.getByRole('link', { name: 'example' }).first().click();
  await expect(page.getByRole('treegrid')).toBeVisible();
  expect(parts).toEqual([]);
  await page.getByRole('link', { name: 'Members' }).click();
  await expect(page.getByRole('heading', { name: /^Members/ })).toBeVisible();
  await page.getByRole('link', { name: 'Roles' }).click();
  await expect(page.getByRole('heading', { name: /^Roles/ })).toBeVisible();
  expect(parts.filter((path) => PART.test(path))).toHaveLength(1);
  expect(parts).toEqual([...new Set(parts)]);
});

test('a page whose part is on the way says so', async ({ page }) => {
  await signIn(page, OWNER);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(PART, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('link', { name: 'example' }).first().click();
  await page.getByRole('link', { name: 'Members' }).click();
  await expect(page.getByText('Loading the page')).toBeAttached();
  release();
  await expect(page.getByRole('heading', { name: /^Members/ })).toBeVisible();
});

test('a part that does not arrive says so and is asked for again', async ({ page, announced }) => {
  announced.unreachable();
  announced.message(/^TypeError: Failed to fetch/);
  await signIn(page, OWNER);
  await page.route(PART, (route) => route.abort());
  await page.getByRole('link', { name: 'example' }).first().click();
  await page.getByRole('link', { name: 'Members' }).click();
  const said = page.getByRole('heading', { name: 'This page did not arrive' });
  await expect(said).toBeVisible();
  await page.unroute(PART);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: /^Members/ })).toBeVisible();
  await expect(said).toBeHidden();
});

test('leaving before the part arrives leaves nothing behind', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await signIn(page, OWNER);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(PART, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('link', { name: 'example' }).first().click();
  await page.getByRole('link', { name: 'Members' }).click();
  await page.goBack();
  await expect(page.getByRole('treegrid')).toBeVisible();
  const arrived = page.waitForResponse(PART);
  release();
  await arrived;
  await expect(page.getByRole('treegrid')).toBeVisible();
  await page.getByRole('link', { name: 'Members' }).click();
  await expect(page.getByRole('heading', { name: /^Members/ })).toBeVisible();
  expect(errors).toEqual([]);
});
