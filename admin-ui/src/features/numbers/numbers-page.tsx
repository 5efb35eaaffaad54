import { NotBuilt } from '@/components/not-built'

export function NumbersPage() {
  return <NotBuilt title="Phone numbers" />
}
