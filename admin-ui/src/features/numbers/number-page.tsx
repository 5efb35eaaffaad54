import { NotBuilt } from '@/components/not-built'

export function NumberPage(_: { numberId: string }) {
  return <NotBuilt title="Phone number" />
}
