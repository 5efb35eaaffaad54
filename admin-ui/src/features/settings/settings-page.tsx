import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { useCan } from '@/lib/session'
import { credentialsQuery, retentionQuery, tenantQuery, vaultQuery } from './api/settings'
import { Deletion } from './components/deletion'
import { General } from './components/general'
import { Providers } from './components/providers'
import { Retention } from './components/retention'
import { Vault } from './components/vault'

export type SettingsTab = 'general' | 'retention' | 'providers' | 'security'

export function SettingsPage({ tab = 'general', onTab }: { tab?: SettingsTab; onTab: (tab: SettingsTab) => void }) {
  const mayAdmin = useCan('admin')
  const mayOwn = useCan('own')
  const tenant = useQuery(tenantQuery)
  const retention = useQuery(retentionQuery)
  const credentials = useQuery({ ...credentialsQuery, enabled: mayAdmin })
  const vault = useQuery({ ...vaultQuery, enabled: mayAdmin })
  const shown = mayAdmin || tab === 'retention' ? tab : 'general'
  return (
    <>
      <PageHeader title="Settings" />
      <Tabs value={shown} onValueChange={(tab) => onTab(tab as SettingsTab)} className="max-w-3xl">
        <TabsList aria-label="Settings">
          <TabsTrigger value="general">General</TabsTrigger>
          <TabsTrigger value="retention">Retention</TabsTrigger>
          {mayAdmin && <TabsTrigger value="providers">Providers</TabsTrigger>}
          {mayAdmin && <TabsTrigger value="security">Data keys</TabsTrigger>}
        </TabsList>
        <TabsContent value="general" className="space-y-6">
          <Loaded query={tenant} height="h-80">
            {(tenant) => (
              <>
                <General tenant={tenant} />
                {mayOwn && <Deletion tenant={tenant} />}
              </>
            )}
          </Loaded>
        </TabsContent>
        <TabsContent value="retention">
          <Loaded query={retention} height="h-[28rem]">
            {(settings) => <Retention settings={settings} />}
          </Loaded>
        </TabsContent>
        {mayAdmin && (
          <TabsContent value="providers">
            <Loaded query={credentials} height="h-80">
              {({ items }) => <Providers credentials={items} />}
            </Loaded>
          </TabsContent>
        )}
        {mayAdmin && (
          <TabsContent value="security">
            <Loaded query={vault} height="h-48">
              {({ items }) => <Vault dataKeys={items} />}
            </Loaded>
          </TabsContent>
        )}
      </Tabs>
    </>
  )
}

function Loaded<T>({ query, height, children }: { query: UseQueryResult<T>; height: string; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) {
    return (
      <Card>
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      </Card>
    )
  }
  return <Skeleton className={height} />
}
