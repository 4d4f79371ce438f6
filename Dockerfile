FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production PYTHONPATH=/site/site:/site VAR_DIR=/var/lib/noddfa
RUN useradd --system --home-dir /var/lib/noddfa --create-home noddfa
WORKDIR /site
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements.txt
COPY . .
# A key of its own for this one command: no secret stays in the image.
RUN python -m catalogues.compile \
    && SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" ALLOWED_HOSTS=build.invalid \
       STATIC_ROOT=/srv/static python manage.py collectstatic --noinput --verbosity 0
ENV STATIC_ROOT=/srv/static
USER noddfa
EXPOSE 8000
CMD ["gunicorn"]
