"""Goods that send messages by themselves, and that they do: no invitation is in it."""

from __future__ import annotations

# Goods that write by themselves, and that they do: "the doorbell sends a message on …", "das Gerät meldet sich per …".
DOING: dict[str, tuple[str, str]] = {
    "en": (
        "device|appliance|app|alarm|sensor|detector|doorbell|bell|lock|hub|tracker|watch|monitor|thermostat|unit|printer",
        "sends|send|will send|can send|forwards|reports|alerts|notifies|posts|shares|lets",
    ),
    "de": (
        "gerät|app|alarmanlage|alarm|sensor|melder|rauchmelder|klingel|türklingel|schloss|türschloss|uhr|thermostat|drucker",
        "schickt|sendet|meldet|leitet|informiert|benachrichtigt|alarmiert|teilt|kann",
    ),
    "fr": (
        "appareil|appli|application|alarme|capteur|détecteur|sonnette|serrure|montre|thermostat|traceur|imprimante",
        "envoie|enverra|prévient|avertit|alerte|signale|transmet|partage|peut",
    ),
    "es": (
        "aparato|dispositivo|aplicación|app|alarma|sensor|detector|timbre|cerradura|reloj|termostato|localizador|impresora",
        "envía|enviará|manda|avisa|alerta|notifica|comparte|puede",
    ),
    "it": (
        "apparecchio|dispositivo|app|applicazione|allarme|sensore|campanello|serratura|orologio|termostato|stampante",
        "invia|manda|avvisa|avverte|segnala|notifica|condivide|può",
    ),
    "nl": (
        "apparaat|toestel|app|alarm|sensor|melder|rookmelder|deurbel|slot|horloge|thermostaat|printer",
        "stuurt|verstuurt|zendt|meldt|waarschuwt|deelt|kan",
    ),
    "pl": (
        "urządzenie|aplikacja|alarm|czujnik|czujka|dzwonek|zamek|zegarek|termostat|lokalizator|drukarka",
        "wysyła|wyśle|powiadamia|informuje|ostrzega|udostępnia|może",
    ),
    "sv": (
        "enheten|apparaten|appen|larmet|sensorn|detektorn|ringklockan|låset|klockan|termostaten|skrivaren",
        "skickar|meddelar|larmar|varnar|delar|kan",
    ),
    "pt": (
        "aparelho|dispositivo|aplicação|aplicativo|app|alarme|sensor|detetor|campainha|fechadura|relógio|câmara|câmera",
        "envia|enviará|manda|avisa|alerta|notifica|partilha|compartilha|pode",
    ),
    "tr": (
        "cihaz|uygulama|alarm|sensör|dedektör|kapı zili|zil|kilit|saat|termostat|yazıcı",
        "gönderir|gönderiyor|gönderecek|bildirir|haber verir|uyarır|paylaşır",
    ),
}
# Languages whose verbs stand behind the name.
VERBS_LAST = frozenset(("tr",))
