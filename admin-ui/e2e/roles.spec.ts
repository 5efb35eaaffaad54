import { expect, newAccount, signIn, test } from './fixtures.ts'
import type { Server } from './server.ts'
import { type Api, apiOf, newMember, newTenant } from './tenant.ts'

/** Buttons and links that change something: the page, and what it is called there. */
const DEEDS = [
  ['agents', 'Create agent'],
  ['agents', 'Register phone number'],
  ['numbers', 'Register phone number'],
  ['personas', 'Create persona'],
  ['tools', 'Create tool'],
  ['customers', 'Add customer'],
  ['webhooks', 'Add endpoint'],
] as const

/** Pages of admins. */
const ADMINS_ONLY = ['api-keys', 'team', 'audit']

/** A tenant with an agent, and somebody in it with this role. */
async function tenantWith(server: Server, role: string): Promise<{ account: ReturnType<typeof newAccount>; api: Api }> {
  const owner = await newTenant(server)
  const api = await apiOf(server, owner)
  await api.ask('POST', '/agents', { name: 'Order line' })
  const account = role === 'owner' ? owner : await newMember(server, api, role)
  return { account, api: await apiOf(server, account) }
}

/** What each role may beside looking, as docs/security.md says. */
const ROLES = [
  { role: 'viewer', talks: false, manages: false, administers: false, owns: false },
  { role: 'member', talks: true, manages: true, administers: false, owns: false },
  { role: 'admin', talks: true, manages: true, administers: true, owns: false },
  { role: 'owner', talks: true, manages: true, administers: true, owns: true },
] as const

for (const { role, talks, manages, administers, owns } of ROLES) {
  test(`the role of ${role} is offered what it may do, and nothing else`, async ({ page, server }) => {
    test.setTimeout(120_000)
    const { account, api } = await tenantWith(server, role)
    await signIn(page, server, account)
    const pages = page.getByRole('navigation', { name: 'Pages' })
    const open = async (address: string) => {
      await page.goto(`${server.url}/ui/${address}`)
      await expect(page.locator('h1')).toBeVisible()
      await expect(page.locator('.animate-pulse.bg-muted')).toHaveCount(0)
    }
    await expect(pages.getByRole('link', { name: 'Calls', exact: true })).toBeVisible()
    await expect(pages.getByRole('link', { name: 'Talk to an agent' })).toHaveCount(talks ? 1 : 0)
    for (const name of ['API keys', 'Team', 'Audit log']) await expect(pages.getByRole('link', { name })).toHaveCount(administers ? 1 : 0)
    await expect(pages.getByRole('link', { name: 'Tenants' })).toHaveCount(0)

    for (const [address, name] of DEEDS) {
      await open(address)
      const deed = page.locator('main').getByRole('button', { name }).or(page.locator('main').getByRole('link', { name }))
      if (manages) await expect(deed.first(), `${name} on ${address}`).toBeVisible()
      else await expect(deed, `${name} on ${address}`).toHaveCount(0)
    }
    for (const address of ADMINS_ONLY) {
      await open(address)
      await expect(page.getByText('Only admins and owners see this page')).toHaveCount(administers ? 0 : 1)
    }
    await open('usage')
    await expect(page.getByRole('button', { name: 'Set limits' })).toHaveCount(administers ? 1 : 0)
    await open('operator/tenants')
    await expect(page.getByText('Only operators see this page')).toBeVisible()
    await open('chat')
    await expect(page.getByRole('button', { name: /^Write/ })).toHaveCount(talks ? 1 : 0)
    await expect(page.getByText('Your role may look, but not talk')).toHaveCount(talks ? 0 : 1)
    await open('settings')
    if (owns) await expect(page.getByLabel('Name')).toBeEditable()
    else await expect(page.getByLabel('Name')).not.toBeEditable()
    await expect(page.getByRole('button', { name: 'Delete tenant…' })).toHaveCount(owns ? 1 : 0)

    // What is not offered is not allowed either.
    const refused = /: 403 /
    const asked = (method: string, path: string, body?: object) => api.ask(method, path, body).then(() => 'allowed', String)
    const holds = async (may: boolean, answer: Promise<string>) => (may ? expect(await answer).toBe('allowed') : expect(await answer).toMatch(refused))
    await holds(talks, asked('POST', '/conversation/start'))
    await holds(manages, asked('POST', '/agents', { name: 'Second line' }))
    await holds(administers, asked('POST', '/api-keys', { name: 'Key', scopes: ['read'] }))
    await holds(owns, asked('PATCH', '/tenant', { name: 'Renamed' }))
    await holds(false, asked('GET', '/operator/tenants'))
  })
}
