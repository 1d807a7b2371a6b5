"""How messages of one thread and order follow each other: what waited for an answer, since when, and what answered it.

`turns` is a common table expression. `turn` counts the answers before a message, so that what a buyer writes and the
answer to it have the same one. What a seller starts (`proactive`) answers nothing; of unknown kind it may.
"""

from __future__ import annotations

TURNS = """
spoken AS (
    SELECT file, number, direction, kind, sent, stop_request, history_last_buyer, talk_thread, talk_order,
        CASE WHEN direction = 'buyer_to_seller' THEN 1 END AS is_buyer,
        CASE WHEN direction = 'seller_to_buyer' THEN 1 END AS is_answer
    FROM talks
    WHERE sent IS NOT NULL AND (talk_thread IS NOT NULL OR talk_order IS NOT NULL)
        AND (direction = 'buyer_to_seller' OR COALESCE(kind, 'reply') = 'reply')
), numbered AS (
    SELECT *, COUNT(is_answer) OVER earlier AS turn, COUNT(is_buyer) OVER earlier AS buyer_before,
        MAX(CASE WHEN is_answer = 1 THEN sent END) OVER earlier AS answer_before
    FROM spoken
    WINDOW earlier AS (PARTITION BY talk_thread, talk_order ORDER BY sent, direction, file, number
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), turns AS (
    SELECT *, MIN(CASE WHEN is_buyer = 1 THEN sent END) OVER one_turn AS waiting_since,
        MAX(CASE WHEN is_answer = 1 THEN sent END) OVER one_turn AS answered_at
    FROM numbered WINDOW one_turn AS (PARTITION BY talk_thread, talk_order, turn)
)"""
# Messages that have no place in a turn, and what they lack.
WITHOUT_TURN = "(sent IS NULL OR (talk_thread IS NULL AND talk_order IS NULL))"
LACKS = """CASE WHEN sent IS NOT NULL THEN 'thread_id,order.id'
            WHEN talk_thread IS NULL AND talk_order IS NULL THEN 'sent_at,thread_id,order.id' ELSE 'sent_at' END"""
