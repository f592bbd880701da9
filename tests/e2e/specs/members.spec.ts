// Everyone who holds something in an organization.
import { expect, test } from '../fixtures.ts';
import { main } from '../support/console.ts';
import { listsPeople, memberRow as row, openMembers, openPart, person } from '../support/members.ts';
import { OWNER, signIn, STRANGER, VIEWER } from '../support/people.ts';

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

test('everyone is listed with what they hold, where they sign in and when they were last seen', async ({ page }) => {
  await signIn(page, OWNER);
  await openMembers(page);
  await expect(row(page, OWNER)).toContainText('you');
  await expect(row(page, OWNER)).toContainText('owner on example');
  await expect(row(page, OWNER).locator('time').last()).toHaveAttribute('title', /\d{4}/);
  await expect(main(page).getByRole('table', { name: 'Members of example' })).toBeVisible();
});

test('the sidebar leads to the members, and to nobody who may not see them', async ({ page, newBrowser }) => {
  await signIn(page, OWNER);
  await openMembers(page);
  const link = page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Members' });
  await expect(link).toHaveAttribute('aria-current', 'page');
  const other = await (await newBrowser()).newPage();
  await signIn(other, STRANGER);
  await expect(other.getByRole('link', { name: 'Members' })).toHaveCount(0);
});

test('the palette leads to the members', async ({ page }) => {
  await signIn(page, OWNER);
  await openMembers(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('roles of');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/roles$/);
});

test('search, role and filter stand in the address and survive a reload', async ({ page }) => {
  await signIn(page, OWNER);
  await openMembers(page);
  await page.getByRole('searchbox', { name: 'Find a member' }).fill('owner');
  await expect(page).toHaveURL(/find=owner/);
  await expect(row(page, OWNER)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('searchbox', { name: 'Find a member' })).toHaveValue('owner');
  await page.getByRole('searchbox', { name: 'Find a member' }).fill('nobody-is-called-so');
  await expect(main(page).getByText('Nobody here is like that.')).toBeVisible();
  await main(page).getByRole('button', { name: 'Show everyone' }).click();
  await expect(row(page, OWNER)).toBeVisible();
  await main(page).getByRole('combobox', { name: 'Role' }).selectOption('owner');
  await expect(page).toHaveURL(/role=[0-9a-f]{40}/);
  await expect(row(page, OWNER)).toBeVisible();
  await expect(row(page, VIEWER)).toHaveCount(0);
});

test('who was not seen and whose access ends soon are found by a filter', async ({ page }) => {
  await signIn(page, OWNER);
  await openMembers(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const filters = main(page).getByRole('navigation', { name: 'Which members' });
  await filters.getByRole('link', { name: 'Not seen for 90 days' }).click();
  await expect(page).toHaveURL(/show=unseen/);
  await expect(main(page).getByText('Nobody here is like that.')).toBeVisible();
  await filters.getByRole('link', { name: 'Ending soon' }).click();
  await expect(filters.getByRole('link', { name: 'Ending soon' })).toHaveAttribute('aria-current', 'true');
  await expect.poll(() => asked.some((url) => url.includes('endingWithin=7d'))).toBe(true);
  expect(asked.some((url) => url.includes('unseenFor=90d'))).toBe(true);
  await filters.getByRole('link', { name: 'Everyone' }).click();
  await expect(row(page, OWNER)).toBeVisible();
});

test('what ends soon is said loudly, and how many more roles there are', async ({ page }) => {
  await signIn(page, OWNER);
  const base = person(1);
  const roleBindings = base.roleBindings.map((binding) => ({ ...binding, expireTime: inHours(70) }));
  await listsPeople(page, [person(1, { roleBindings, roleBindingCount: 3 }), person(2)]);
  await openMembers(page);
  await expect(row(page, 'person-1@example.com')).toContainText('and 2 more');
  await expect(row(page, 'person-1@example.com').getByText('ends in 3 days').last()).toBeVisible();
  await expect(row(page, 'person-2@example.com')).not.toContainText('ends');
});

test('the order is asked of the server and stands in the address', async ({ page }) => {
  await signIn(page, OWNER);
  await openMembers(page);
  const asked = page.waitForRequest((request) => request.url().includes('orderBy=last_seen_time'));
  await main(page).getByRole('button', { name: 'Last seen' }).click();
  await asked;
  await expect(page).toHaveURL(/sort=last_seen_time/);
  await expect(main(page).getByRole('columnheader', { name: 'Last seen' })).toHaveAttribute('aria-sort', 'ascending');
  await main(page).getByRole('button', { name: 'Last seen' }).press('Enter');
  await expect(page).toHaveURL(/sort=-last_seen_time/);
  await expect(main(page).getByRole('columnheader', { name: 'Last seen' })).toHaveAttribute('aria-sort', 'descending');
});

test('a long list comes in pages, each with an address', async ({ page }) => {
  await signIn(page, OWNER);
  await listsPeople(page, Array.from({ length: 120 }, (_, at) => person(at + 1)));
  await openMembers(page);
  const pages = main(page).getByRole('navigation', { name: 'Pages' });
  await expect(pages).toContainText('1 – 50 of 120');
  await expect(pages.getByRole('button', { name: 'Previous' })).toHaveAttribute('aria-disabled', 'true');
  await pages.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(pages).toContainText('51 – 100 of 120');
  await expect(row(page, 'person-51@example.com')).toBeVisible();
  await pages.getByRole('link', { name: 'Next' }).click();
  await expect(pages).toContainText('101 – 120 of 120');
  await page.goBack();
  await expect(pages).toContainText('51 – 100 of 120');
  await main(page).getByRole('button', { name: 'Last seen' }).click();
  await expect(page).not.toHaveURL(/page=/);
});

test('several are chosen by the keyboard and removed at once', async ({ page }) => {
  await signIn(page, OWNER);
  await listsPeople(page, Array.from({ length: 30 }, (_, at) => person(at + 1)));
  await openMembers(page);
  const bar = main(page).getByRole('region', { name: 'Chosen rows' });
  for (const at of [1, 2]) {
    await main(page).getByRole('checkbox', { name: `Choose person-${at}@example.com` }).press('Space');
  }
  await expect(bar).toContainText('2 chosen');
  await expect(bar.getByRole('button', { name: 'Remove 2 people' })).not.toHaveAttribute('aria-disabled', 'true');
  await main(page).getByRole('checkbox', { name: 'Choose all' }).check();
  const remove = bar.getByRole('button', { name: 'Remove 30 people' });
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toHaveAccessibleDescription('At most 25 people can be removed at once.');
  await bar.getByRole('button', { name: 'Clear' }).click();
  await expect(bar).toHaveCount(0);
});

test('a viewer sees the members and is told why they cannot remove one', async ({ page }) => {
  await signIn(page, VIEWER);
  await openMembers(page);
  await main(page).getByRole('checkbox', { name: `Choose ${VIEWER}` }).check();
  const remove = main(page).getByRole('button', { name: 'Remove 1 person' });
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toHaveAccessibleDescription(/role_bindings\.delete/);
  await remove.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a list that does not arrive says so and is asked for again', async ({ page, announced }) => {
  await signIn(page, OWNER);
  announced.status(503);
  await page.route('**/iam/v2/identities?*', (route) => route.fulfill({ status: 503, body: '' }));
  await openMembers(page);
  await expect(main(page).getByRole('heading', { name: 'The members did not arrive' })).toBeVisible();
  await page.unroute('**/iam/v2/identities?*');
  await main(page).getByRole('button', { name: 'Try again' }).click();
  await expect(row(page, OWNER)).toBeVisible();
});

test('an organization that is not there says so', async ({ page, announced }) => {
  await signIn(page, OWNER);
  announced.status(404);
  await page.goto(`/orgs/${'c'.repeat(40)}/members`);
  await expect(main(page).getByRole('heading', { name: 'The organization did not arrive' })).toBeVisible();
});

test('inviting begins here', async ({ page }) => {
  await signIn(page, OWNER);
  const org = await openPart(page, 'members');
  await main(page).getByRole('link', { name: 'Invite', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Invite people to example' })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/orgs/${org}/invites$`));
});
