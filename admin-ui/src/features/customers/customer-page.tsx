import { NotBuilt } from '@/components/not-built'

export function CustomerPage(_: { customerId: string }) {
  return <NotBuilt title="Customer" />
}
