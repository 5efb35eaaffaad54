import { Check } from 'lucide-react'
import { Card, CardHeader } from '@/components/ui/card'
import { Table, Td, Th } from '@/components/ui/table'
import { PERMISSIONS, ROLES } from '../api/roles'

/** Who may do what. */
export function RolesTable() {
  return (
    <Card className="overflow-hidden">
      <CardHeader title="What roles allow" description="Each role may all that the one before it may." />
      <Table aria-label="What roles allow">
        <thead>
          <tr>
            <Th>May</Th>
            {ROLES.map(({ value, label }) => (
              <Th key={value} className="px-1 text-center text-xs last:pr-3 sm:w-20 sm:px-2 sm:text-sm">
                {label}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PERMISSIONS.map(({ may, roles }) => (
            <tr key={may}>
              <Td className="pr-2 text-sm sm:min-w-48 sm:pr-4">{may}</Td>
              {ROLES.map(({ value }) => (
                <Td key={value} className="relative px-1 text-center sm:px-2">
                  {roles.includes(value) ? (
                    <>
                      <Check className="mx-auto size-4 text-success-text" aria-hidden />
                      <span className="sr-only">yes</span>
                    </>
                  ) : (
                    <>
                      <span className="text-muted-foreground" aria-hidden>
                        –
                      </span>
                      <span className="sr-only">no</span>
                    </>
                  )}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}
