import { NotBuilt } from '@/components/not-built'

export function ApiKeysPage() {
  return <NotBuilt title="API keys" />
}
