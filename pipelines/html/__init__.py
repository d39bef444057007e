"""`report.html`: one file that needs nothing beside it, made from the tables a run publishes.

`report.write_report` is the way in. `facts` says what the report is told, `queries` shapes rows in SQL, `words` says
times and numbers as people do, `page` fills the template.
"""
