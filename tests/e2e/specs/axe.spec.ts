// Every page and state holds WCAG 2.2 A and AA as far as axe can tell, in light and in dark.
import { test } from '../fixtures.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { PAGES } from '../support/pages.ts';
import { signIn } from '../support/people.ts';

for (const { name, person, statuses = [], open } of PAGES) {
  test(`axe: ${name}`, async ({ page, server, announced }) => {
    announced.status(...statuses);
    if (person) {
      await signIn(page, person);
    }
    await open(page, server);
    await expectNoAxeViolations(page);
  });
}

test('axe: login without its code', async ({ page, announced }) => {
  announced.unreachable();
  announced.message(/Bailiwick could not load|preload/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('/login');
  await page.getByRole('button', { name: 'Reload' }).waitFor();
  await expectNoAxeViolations(page);
});
