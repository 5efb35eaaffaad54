import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { formatDate } from '@/lib/format'
import { useMe } from '@/lib/session'
import { Leave } from './components/leave'
import { Password } from './components/password'
import { Sessions } from './components/sessions'

export function AccountPage() {
  const { user, tenant } = useMe()
  return (
    <>
      <PageHeader title="Your account" />
      <div className="max-w-3xl space-y-6">
        <Card>
          <CardHeader title="Profile" />
          <CardContent>
            <Facts>
              <Fact label="Name">{user.name}</Fact>
              <Fact label="E-mail">
                <span className="mr-2 break-all">{user.email}</span>
                {user.email_verified_at ? <Badge tone="success">Confirmed</Badge> : <Badge tone="warning">Not confirmed</Badge>}
              </Fact>
              <Fact label="Tenant">{`${tenant.name}, as ${tenant.role}`}</Fact>
              <Fact label="Account since">{formatDate(user.created_at)}</Fact>
            </Facts>
          </CardContent>
        </Card>
        <Password />
        <Sessions />
        <Leave />
      </div>
    </>
  )
}
