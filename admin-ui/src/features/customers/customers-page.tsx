import { NotBuilt } from '@/components/not-built'

export function CustomersPage() {
  return <NotBuilt title="Customers" />
}
