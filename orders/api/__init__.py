"""The API of the shop: thin views over the services of orders. docs/api.md tells how it is used."""
