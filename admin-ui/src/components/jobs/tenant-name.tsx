import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { allTenants } from '@/lib/catalogue'

/** For operators: whose it is. One that is gone has its id alone. */
export function TenantName({ id }: { id: string }) {
  const { data } = useQuery(allTenants)
  const name = data?.find((tenant) => tenant.id === id)?.name
  if (name === undefined) return <span className="font-mono text-xs text-muted-foreground">{id}</span>
  return (
    <Link to="/operator/tenants/$tenantId" params={{ tenantId: id }} className="hover:underline" title={id}>
      {name}
    </Link>
  )
}
