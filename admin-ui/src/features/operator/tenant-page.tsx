import { NotBuilt } from '@/components/not-built'

export function TenantPage(_: { tenantId: string }) {
  return <NotBuilt title="Tenant" />
}
