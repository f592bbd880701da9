// Reload, Back and links lead to where one was; far down and far out.
import { expect, test } from '../fixtures.ts';
import { ask, bind, makeFolder, makeOrganization, shownUid } from '../support/api.ts';
import { heading, openFolder, openOrganization, row, tree } from '../support/console.ts';
import { group } from '../support/mocks.ts';
import { OWNER, signIn, STRANGER } from '../support/people.ts';

test.beforeEach(async ({ page }) => {
  await signIn(page, OWNER);
});

test('a folder far down a long tree is in sight after a reload, and again after Back', async ({ page }) => {
  await openOrganization(page, 'example');
  const org = shownUid(page);
  let last = '';
  for (let at = 0; at < 60; at += 1) {
    last = (await makeFolder(page, org, `folder ${String(at).padStart(2, '0')}`)).uid;
  }
  await page.goto(`/orgs/${last}`);
  await expect(heading(page, 'folder 59')).toBeVisible();
  await page.reload();
  await expect(heading(page, 'folder 59')).toBeVisible();
  await expect(row(page, 'folder 59')).toBeInViewport();
  await expect(row(page, 'example')).not.toBeInViewport();
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Organizations', exact: true }).click();
  await expect(heading(page, 'Organizations')).toBeVisible();
  await page.goBack();
  await expect(row(page, 'folder 59')).toBeInViewport();
});

test('Back finds a list scrolled to where it was left', async ({ page }) => {
  for (let at = 0; at < 40; at += 1) {
    await makeOrganization(page, `org ${String(at).padStart(2, '0')}`);
  }
  // What was seen last stands above the list, from the first visit on.
  await openOrganization(page, 'example');
  await page.goto('/');
  const last = page.getByRole('table').getByRole('link', { name: 'org 39' });
  await last.scrollIntoViewIfNeeded();
  const scrolled = () => page.getByRole('main').evaluate((main) => main.scrollTop);
  const before = await scrolled();
  expect(before).toBeGreaterThan(300);
  await last.click();
  await expect(heading(page, 'org 39')).toBeVisible();
  await page.goBack();
  await expect(last).toBeInViewport();
  expect(await scrolled()).toBe(before);
});

test('forty levels down everything still has room', async ({ page }) => {
  await openOrganization(page, 'example');
  let parent = shownUid(page);
  for (let level = 1; level <= 40; level += 1) {
    parent = (await makeFolder(page, parent, `level ${level}`)).uid;
  }
  await page.goto(`/orgs/${parent}`);
  await expect(heading(page, 'level 40')).toBeVisible();
  await expect(row(page, 'level 40')).toHaveAttribute('aria-level', '41');
  await expect(row(page, 'level 40').getByRole('link')).toBeInViewport();
  await expect(row(page, 'level 40').getByRole('link')).toHaveText('level 40');
  const name = await row(page, 'level 40').getByRole('link').boundingBox();
  expect(name!.width).toBeGreaterThan(40);
  for (const width of [2560, 1280, 320]) {
    await page.setViewportSize({ width, height: 720 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `${width} px`).toBeLessThanOrEqual(0);
  }
});

test('a visible folder without a visible parent stands under the name of its organization', async ({ page, newBrowser, announced }) => {
  announced.status(404);
  await openOrganization(page, 'example');
  await openFolder(page, 'dev');
  const dev = shownUid(page);
  const payments = await makeFolder(page, dev, 'payments');
  await makeFolder(page, payments.uid, 'ledger');
  const guest = await (await newBrowser()).newPage();
  await signIn(guest, STRANGER);
  await bind(page, guest, 'viewer', payments.uid);
  await guest.reload();
  await guest.getByRole('table').getByRole('link', { name: 'payments' }).click();
  await expect(heading(guest, 'payments')).toBeVisible();
  const shown = tree(guest, 'example');
  await expect(shown).toContainText(/example.*dev.*payments/s);
  await expect(shown.getByRole('link')).toHaveText(['dev / payments', 'ledger']);
  await expect(guest.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'example' })).toHaveCount(0);
  // What lies above is a name, and no way in.
  await guest.goto(`/orgs/${dev}`);
  await expect(heading(guest, 'No such folder, or not for you')).toBeVisible();
});

test('one organization of ten thousand is found and opened', async ({ page }) => {
  const real = await ask<{ groups: { uid: string }[] }>(page, 'GET', '/iam/v2/groups?uidp.childrenOf=/');
  const target = real.groups[0]!.uid;
  let most = 0;
  await page.route(
    (url) => url.pathname === '/iam/v2/groups' && url.searchParams.get('uidp.childrenOf') === '/',
    (route) => {
      const query = new URL(route.request().url()).searchParams;
      const wanted = query.get('search') ?? '';
      const uid = (at: number) => (at === 7_777 ? target : at.toString(16).padStart(40, '0'));
      const found = Array.from({ length: 10_000 }, (_, at) => group(uid(at), `org ${at}`)).filter(({ name }) => name.includes(wanted));
      const size = Number(query.get('pageSize') ?? 50);
      most = Math.max(most, size);
      const nextPageToken = found.length > size ? 'next' : undefined;
      return route.fulfill({ json: { groups: found.slice(0, size), nextPageToken, totalCount: `${found.length}`, skipped: 0 } });
    },
  );
  await page.goto(`/orgs/${target}`);
  await expect(heading(page, 'example')).toBeVisible();
  await page.getByRole('button', { name: 'Switch organization' }).click();
  await expect(page.getByText('These are the first.')).toBeVisible();
  expect(await page.getByRole('option').count()).toBeLessThanOrEqual(100);
  await page.getByRole('combobox', { name: 'Find an organization' }).fill('org 7777');
  await expect(page.getByRole('option')).toHaveText(['org 7777']);
  await page.keyboard.press('Enter');
  await expect(heading(page, 'example')).toBeVisible();
  expect(most).toBeLessThanOrEqual(200);
});

test('a wide window leaves lines short enough to read', async ({ page }) => {
  await page.setViewportSize({ width: 2560, height: 1200 });
  await openOrganization(page, 'example');
  await openFolder(page, 'dev');
  const widest = await page.getByRole('main').locator('p').evaluateAll((all) => Math.max(...all.map((line) => line.getBoundingClientRect().width)));
  expect(widest).toBeLessThan(1000);
});
