import { NotBuilt } from '@/components/not-built'

export function TenantsPage() {
  return <NotBuilt title="Tenants" />
}
