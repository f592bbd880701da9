// A folder with ten thousand children: what is asked for, and what is drawn. Times are reported.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { openOrganization, row, tree } from '../support/console.ts';
import { answerChildren } from '../support/mocks.ts';
import { OWNER, signIn } from '../support/people.ts';

const COUNT = 10_000;

async function withChildren(page: Page) {
  await signIn(page, OWNER);
  await openOrganization(page, 'example');
  const link = await row(page, 'dev').getByRole('link').getAttribute('href');
  const uid = link!.replace('/orgs/', '');
  // The example's folder has no children of its own; the page is told that it has.
  await page.route('**/iam/v2/groups?*', async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    for (const group of body.groups ?? []) {
      group.hasChildren ||= group.uid === uid;
    }
    await route.fulfill({ json: body });
  });
  const counted = await answerChildren(page, uid, COUNT);
  await page.reload();
  await expect(row(page, 'dev')).toHaveAttribute('aria-expanded', 'false');
  return counted;
}

const rows = (page: Page) => tree(page, 'example').getByRole('row');

test('ten thousand children are few rows and small requests', async ({ page }) => {
  const counted = await withChildren(page);
  await row(page, 'dev').focus();
  await page.keyboard.press('ArrowRight');
  await expect(row(page, 'folder 00000')).toBeVisible();
  await expect(row(page, 'folder 00000')).toHaveAttribute('aria-setsize', `${COUNT}`);
  expect(await rows(page).count()).toBeLessThanOrEqual(100);
  // On to the end: pages arrive as they are reached.
  await expect(async () => {
    await page.keyboard.press('End');
    expect(await rows(page).count()).toBeLessThanOrEqual(100);
    expect(await row(page, 'folder 09999').isVisible()).toBe(true);
  }).toPass({ intervals: [50], timeout: 40_000 });
  expect(counted.mostRows).toBeLessThanOrEqual(200);
  expect(counted.requests).toBe(COUNT / 200);
  await page.keyboard.press('Home');
  await expect(row(page, 'example')).toBeFocused();
  expect(await rows(page).count()).toBeLessThanOrEqual(100);

  const took = await keystroke(page);
  console.log(`keystroke to painted row, ${COUNT} rows known: ${took.toFixed(1)} ms (median of 20)`);
});

test('expanding paints soon on a slow computer', async ({ page }) => {
  await withChildren(page);
  await row(page, 'dev').focus();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const took = await page.evaluate(async () => {
    const target = document.activeElement!;
    const began = performance.now();
    target.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
    await new Promise((frame) => requestAnimationFrame(() => setTimeout(frame)));
    return performance.now() - began;
  });
  console.log(`expanding to the next frame at 4 times slowed CPU: ${took.toFixed(1)} ms`);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await expect(row(page, 'folder 00000')).toBeVisible();
});

/** The median time from a key to the frame after it. */
async function keystroke(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const times: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const began = performance.now();
      document.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }),
      );
      await new Promise((frame) => requestAnimationFrame(() => setTimeout(frame)));
      times.push(performance.now() - began);
    }
    return times.sort((one, other) => one - other)[10]!;
  });
}
