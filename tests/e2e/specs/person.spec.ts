// One person in an organization: who they are, what they hold, and what another one holds beside them.
import { expect, test } from '../fixtures.ts';
import { ask } from '../support/api.ts';
import { heading, main } from '../support/console.ts';
import { uidOf } from '../support/invites.ts';
import { memberRow, openMembers, openPart, openPerson } from '../support/members.ts';
import { EDITOR, OWNER, signIn, VIEWER } from '../support/people.ts';

test('a person has an address, a provider, a subject, an id to copy and when they were seen', async ({ page }) => {
  await signIn(page, OWNER);
  await openMembers(page);
  await memberRow(page, OWNER).getByRole('link', { name: OWNER }).click();
  await expect(heading(page, OWNER)).toBeVisible();
  for (const term of ['Address', 'Signs in with', 'Issuer', 'Subject', 'Id', 'First seen', 'Last seen']) {
    await expect(main(page).getByRole('term').filter({ hasText: term })).toBeVisible();
  }
  await expect(main(page).getByRole('button', { name: `Copy the id of ${OWNER}` })).toBeVisible();
  await expect(page.getByText('you', { exact: true })).toBeVisible();
  await main(page).getByRole('link', { name: 'All members' }).click();
  await expect(memberRow(page, OWNER)).toBeVisible();
});

test('each role leads to where it is held, to the role and to why', async ({ page }) => {
  await signIn(page, OWNER);
  await openPerson(page, VIEWER);
  const roles = main(page).getByRole('table', { name: 'Roles' });
  await expect(roles.getByRole('row')).toHaveCount(2);
  await roles.getByRole('button', { name: 'Why? In example' }).click();
  await expect(page.getByRole('dialog', { name: 'Access to example' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await roles.getByRole('link', { name: 'example' }).click();
  await expect(page).toHaveURL(/\/access$/);
  await page.goBack();
  await roles.getByRole('link', { name: 'viewer' }).click();
  await expect(heading(page, 'viewer')).toBeVisible();
});

test('what they may do is shown for a folder that stands in the address', async ({ page }) => {
  await signIn(page, OWNER);
  await openPerson(page, VIEWER);
  const matrix = main(page).getByRole('table', { name: 'What they may do' });
  const cell = (resource: string) => matrix.getByRole('row').filter({ has: page.getByRole('rowheader', { name: resource, exact: true }) }).getByRole('cell');
  await expect(cell('groups')).toContainText('list');
  await main(page).getByRole('button', { name: 'Another folder' }).click();
  await page.getByRole('combobox', { name: 'Find a folder' }).fill('prod');
  await page.getByRole('option', { name: /prod/ }).click();
  await expect(page).toHaveURL(/at=/);
  await expect(main(page).locator('strong', { hasText: 'prod' })).toBeVisible();
  await page.reload();
  await expect(main(page).locator('strong', { hasText: 'prod' })).toBeVisible();
});

test('two people are compared by what only one of them may do and what both may', async ({ page, newBrowser }) => {
  const other = await (await newBrowser()).newPage();
  await signIn(other, EDITOR);
  await signIn(page, OWNER);
  await openPerson(page, VIEWER);
  const matrix = main(page).getByRole('table', { name: 'What they may do' });
  await expect(matrix).toBeVisible();
  await main(page).getByRole('button', { name: 'Compare with' }).click();
  await page.getByRole('combobox', { name: 'Find a person' }).fill('owner');
  await page.getByRole('option', { name: OWNER }).click();
  await expect(page).toHaveURL(/with=[0-9a-f]{40}/);
  await expect(matrix.getByRole('columnheader')).toHaveCount(4);
  const cells = matrix.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'groups', exact: true }) }).getByRole('cell');
  await expect(cells.nth(0)).toContainText('nothing');
  await expect(cells.nth(1)).toContainText('create, update, delete');
  await expect(cells.nth(2)).toContainText('list');
  await main(page).getByRole('link', { name: 'Stop comparing' }).click();
  await expect(matrix.getByRole('columnheader')).toHaveCount(2);
});

test('removing a person is reviewed, and their other browser obeys', async ({ page, newBrowser, announced }) => {
  announced.status(403, 404);
  const other = await (await newBrowser()).newPage();
  await signIn(other, VIEWER);
  await signIn(page, OWNER);
  await openPerson(page, VIEWER);
  await main(page).getByRole('button', { name: 'Remove from example' }).click();
  const review = page.getByRole('dialog', { name: `Remove ${VIEWER} from example?` });
  await expect(review).toContainText('loses capabilities');
  await review.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page).toHaveURL(/\/members$/);
  await expect(memberRow(page, OWNER)).toBeVisible();
  await expect(memberRow(page, VIEWER)).toHaveCount(0);
  await openPart(page, 'members');
  const org = await uidOf(page, 'example');
  await other.goto(`/orgs/${org}`);
  await expect(main(other).getByRole('heading', { name: 'No such organization, or not for you' })).toBeVisible();
});

test('the last owner cannot be removed, and the review says so', async ({ page }) => {
  await signIn(page, OWNER);
  await openPerson(page, OWNER);
  await main(page).getByRole('button', { name: 'Remove from example' }).click();
  const review = page.getByRole('dialog');
  await expect(review.getByRole('alert')).toContainText(/owner/);
  await expect(review.getByRole('button', { name: 'Save 1 change' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await expect(review).toHaveCount(0);
  await expect(main(page).getByRole('button', { name: 'Remove from example' })).toBeFocused();
});

test('a viewer is told why they cannot remove another one, and may leave', async ({ page }) => {
  await signIn(page, VIEWER);
  await openPerson(page, OWNER);
  const remove = main(page).getByRole('button', { name: 'Remove from example' });
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toHaveAccessibleDescription(/role_bindings\.delete/);
  await openPerson(page, VIEWER);
  await expect(remove).not.toHaveAttribute('aria-disabled', 'true');
});

test('a person who is not here says so', async ({ page, announced }) => {
  await signIn(page, OWNER);
  announced.status(404);
  await openPart(page, `members/${'d'.repeat(40)}`);
  await expect(main(page).getByRole('heading', { name: 'The person did not arrive' })).toBeVisible();
});

test('a role that ends says when', async ({ page }) => {
  await signIn(page, OWNER);
  await openPerson(page, VIEWER);
  const roles = main(page).getByRole('table', { name: 'Roles' });
  await expect(roles.getByRole('row').last()).toContainText('never');
  const { roleBindings } = await ask<{ roleBindings: { uid: string; role: { name: string }; identity: { email?: string } }[] }>(page, 'GET', '/iam/v2/roleBindings?pageSize=200');
  const binding = roleBindings.find((one) => one.identity.email === VIEWER)!;
  const expireTime = new Date(Date.now() + 3 * 86_400_000).toISOString();
  await ask(page, 'PATCH', `/iam/v2/roleBindings/${binding.uid}`, { expireTime });
  await page.reload();
  await expect(roles.getByText('ends in 3 days')).toBeVisible();
});
