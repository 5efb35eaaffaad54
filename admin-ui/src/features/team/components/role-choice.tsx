import { RadioCard, RadioGroup } from '@/components/ui/toggles'
import type { ROLES, Role } from '../api/roles'

/** One of the roles, with what it allows. */
export function RoleChoice({ roles, value, onChange }: { roles: typeof ROLES; value: Role; onChange: (role: Role) => void }) {
  return (
    <RadioGroup aria-label="Role" value={value} onValueChange={(role) => onChange(role as Role)}>
      {roles.map((role) => (
        <RadioCard key={role.value} {...role} />
      ))}
    </RadioGroup>
  )
}
