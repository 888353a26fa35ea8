"""What ``make`` runs: installing, the gate, a PostgreSQL of one's own, finding Chromium. No part of the product."""
