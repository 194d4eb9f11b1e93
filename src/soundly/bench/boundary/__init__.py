"""The competence boundary: up to which size a system can be depended on."""
