import { NotBuilt } from '@/components/not-built'

export function AccountPage() {
  return <NotBuilt title="Your account" />
}
