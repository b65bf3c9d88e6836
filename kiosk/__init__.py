"""A citizen's four taps at a one-stop desk become figures nobody is fooled by.

The layers, imports going downward only:

    wsgi
    kiosk.app                                        the whole assembly
    kiosk.cli  citizen  tablets  accounts  admin  reports
    kiosk.web                                        what every blueprint shares
    kiosk.db  kiosk.config                           the store and the settings
    kiosk.domain                                     rules and operations, no Flask
    kiosk.models                                     tables, no Flask
"""

__version__ = "0.1.0"
