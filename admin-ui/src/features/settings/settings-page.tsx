import { NotBuilt } from '@/components/not-built'

export function SettingsPage() {
  return <NotBuilt title="Settings" />
}
