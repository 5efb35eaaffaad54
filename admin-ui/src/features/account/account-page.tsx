import { PageHeader } from '@/components/ui/page-header'
import { Leave } from './components/leave'
import { Password } from './components/password'
import { Profile } from './components/profile'
import { Sessions } from './components/sessions'

export function AccountPage() {
  return (
    <>
      <PageHeader title="Your account" />
      <div className="max-w-3xl space-y-6">
        <Profile />
        <Password />
        <Sessions />
        <Leave />
      </div>
    </>
  )
}
