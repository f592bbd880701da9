// Pictures of every page, for a person to look at: results/screens/PAGE-THEME-WIDTH.png.
import { test } from '../fixtures.ts';
import { PAGES } from '../support/pages.ts';
import { signIn } from '../support/people.ts';

const SIZES = [
  { width: 375, height: 812 },
  { width: 1280, height: 800 },
];

for (const { name, person, statuses = [], open } of PAGES) {
  test(`pictures: ${name}`, async ({ page, server, announced }) => {
    // A page that still asks for something while its cookies go is told so.
    announced.status(401, ...statuses);
    if (person) {
      await signIn(page, person);
    }
    const state = await page.context().storageState();
    for (const size of SIZES) {
      // Whatever the page did to its session before: back to the beginning.
      await page.context().clearCookies();
      await page.context().addCookies(state.cookies);
      await page.unrouteAll();
      await page.setViewportSize(size);
      await open(page, server);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `results/screens/${name}-${colorScheme}-${size.width}.png` });
      }
    }
  });
}
