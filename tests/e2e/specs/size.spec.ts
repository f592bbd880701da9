// What the first page costs, over the wire and counted by the browser, against size-budget.toml.
import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { heading } from '../support/console.ts';
import { OWNER, signIn } from '../support/people.ts';
import { type Cost, measure } from '../support/wire.ts';

const BUDGET = readFileSync('../../size-budget.toml', 'utf8');
const MOST_BYTES = budget('total_wire_bytes');
const MOST_REQUESTS = budget('max_requests');

test('the list of organizations is usable within the budget', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  // The same person in a browser that has nothing in its cache.
  const fresh = await newBrowser({ storageState: await page.context().storageState() });
  const first = await fresh.newPage();
  const cost = await measure(first);
  await first.goto('/');
  await expect(first.getByRole('link', { name: 'example' })).toBeVisible();
  expectCheap('organizations', await cost());
});

test('the sign-in page is usable within the budget', async ({ page }) => {
  const cost = await measure(page);
  await page.goto('/login');
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Development sign-in' })).toBeVisible();
  expectCheap('sign-in', await cost());
});

function expectCheap(what: string, { requests, bytes }: Cost): void {
  for (const request of requests) {
    console.log(`${String(request.bytes).padStart(8)}  ${new URL(request.url).pathname}`);
  }
  console.log(`${String(bytes).padStart(8)}  ${what}: together, in ${requests.length} requests`);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  expect(requests.length).toBeLessThanOrEqual(MOST_REQUESTS);
  // More than once would mean that a preload was not used.
  const urls = requests.map(({ url }) => url);
  expect(urls).toEqual([...new Set(urls)]);
}

function budget(key: string): number {
  return Number(new RegExp(`^${key} = (\\d+)$`, 'm').exec(BUDGET)![1]);
}
