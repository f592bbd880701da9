// What a stranger does on the first day, from the sign-in to the sign-out.
import { expect, test } from '../fixtures.ts';
import { createFolder, heading, openFolder, openOrganization, row, tree } from '../support/console.ts';
import { OWNER, signIn, signOut } from '../support/people.ts';

test('signs in, makes a folder under a folder, reloads, finds it, signs out', async ({ page }) => {
  await signIn(page, OWNER);
  await expect(heading(page, 'Organizations')).toBeVisible();
  await openOrganization(page, 'example');
  for (const name of ['dev', 'prod', 'staging']) {
    await expect(row(page, name)).toBeVisible();
  }

  await openFolder(page, 'dev');
  await createFolder(page, 'payments');
  await createFolder(page, 'ledger');
  await page.reload();
  await expect(heading(page, 'ledger')).toBeVisible();
  await expect(row(page, 'ledger')).toHaveAttribute('aria-level', '4');
  await expect(row(page, 'ledger')).toHaveAttribute('aria-selected', 'true');

  await page.goto('/');
  await openOrganization(page, 'example');
  await tree(page, 'example').getByRole('link', { name: 'dev' }).click();
  await expect(heading(page, 'dev')).toBeVisible();

  await signOut(page, OWNER);
});
