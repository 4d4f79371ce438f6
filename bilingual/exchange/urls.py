"""Addresses of the exchange, below the admin."""

from django.urls import path

from bilingual.exchange.views import Exchange, exchange_out

urlpatterns = [
    path("pairs/exchange/", Exchange.as_view(), name="exchange"),
    path("pairs/exchange/out/", exchange_out, name="exchange_out"),
]
