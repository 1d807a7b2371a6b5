"""Conditions over the fields of a message, with three values: true, false, unknown.

A rule's `when` and the `condition` check share this language:

```yaml
when:
  direction: seller_to_buyer                  # equals
  reason: [invoice, order_problem]            # one of
  order.status: {not: Canceled}               # neither equal to, nor one of a list
  sender: {not_in: account.approved_senders}  # compared with the list that another field holds
  history.sent_today: {more_than: {sum: [{product: [5, account.daily_order_average]}, 600]}}
  elapsed: {from: history.last_buyer_message_at, to: sent_at, more_than: 24 hours}
  any: [{order.custom: true}, {not: {order.channel: AFN}}]
```

All keys of a mapping must hold. A field that is absent makes its comparison unknown; `and`, `or`, `not` follow Kleene,
so that an unknown part does not matter where another part decides.
"""

from msgpolicy.conditions.fields import field_paths
from msgpolicy.conditions.nodes import Condition, Lookup, Outcome, Step
from msgpolicy.conditions.parser import comparable, compiled, parse_condition, parse_duration
from msgpolicy.conditions.schema import condition_schema

__all__ = [
    "Condition",
    "Lookup",
    "Outcome",
    "Step",
    "comparable",
    "compiled",
    "condition_schema",
    "field_paths",
    "parse_condition",
    "parse_duration",
]
