"""The news agencies that are known by name."""

from __future__ import annotations

# Each agency's usual short name, and its other names. Short forms are case-sensitive.
AGENCIES = {
    "AP": ("Associated Press", "AP News"),
    "Reuters": ("Thomson Reuters",),
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "PA": ("PA Media", "Press Association", "PA news agency"),
    "dpa": ("Deutsche Presse-Agentur", "DPA"),
    "UPI": ("United Press International",),
    "Bloomberg": ("Bloomberg News",),
    "Canadian Press": ("The Canadian Press",),
    "AAP": ("Australian Associated Press",),
    "ANSA": (),
    "EFE": ("Agencia EFE",),
    "Xinhua": ("Xinhua News Agency",),
    "TASS": (),
    "Interfax": (),
    "Kyodo": ("Kyodo News",),
    "Yonhap": ("Yonhap News Agency",),
    "PTI": ("Press Trust of India",),
    "ANI": ("Asian News International",),
    "IANS": ("Indo-Asian News Service",),
    "Anadolu": ("Anadolu Agency",),
    "ANP": (),
    "Belga": (),
    "Ritzau": (),
    "NTB": (),
}
