"""Serves the rival as ``manage.py web`` serves the shop: python -m bench.api_shop.serve PORT"""

import os
import sys

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.api_shop.settings"
    from sitebuilder import web

    web.serve(web.listen(web.HOST, int(sys.argv[1])), "bench.api_shop.asgi:application")
